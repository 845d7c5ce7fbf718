import type { PaymentMethod } from '@marquee/contracts/payments'

/** What Marquee needs of a payment gateway. Amounts are integer minor units. */
export interface PaymentGateway {
  readonly name: string
  readonly keyId: string
  /**
   * Opens an order that can be paid once. Repeating it with the same receipt gives the same order.
   * @throws GatewayError
   */
  createOrder(order: {
    receipt: string
    amountMinor: number
    currency: string
    notes: Record<string, string>
    /** Until when its seats are kept. Money set aside much later than this goes back by itself. */
    payBy: Date
  }): Promise<{ orderId: string }>
  /** Every attempt at an order, whatever became of it. @throws GatewayError */
  fetchPayments(orderId: string): Promise<GatewayPayment[]>
  /**
   * Takes money that is set aside (authorized). Asked twice it is taken once; refused, or without an answer, the payment
   * is looked at, and what it has become is the answer.
   * @throws GatewayError when neither helps
   */
  capture(payment: { paymentId: string; amountMinor: number; currency: string }): Promise<GatewayPayment>
  /** The ways to pay that are switched on for this account, in the order to show them. @throws GatewayError */
  fetchMethods(): Promise<PaymentMethod[]>
  /**
   * Full or partial refund; the same idempotency key asks for the same refund. `again`: it was asked for before, so it is
   * looked for first. A gateway remembers keys for a while only, and repeats its first answer as long as it does.
   * @throws GatewayError
   */
  refund(refund: {
    paymentId: string
    amountMinor: number
    idempotencyKey: string
    again?: boolean
  }): Promise<{ refundId: string; status: GatewayRefundStatus }>
  /** Was this (order, payment) pair signed with our key secret? Constant time. */
  verifyReturn(returned: { orderId: string; paymentId: string; signature: string }): boolean
  /** Was this raw body signed with our webhook secret, or with the one before it? Constant time. */
  verifyWebhook(rawBody: Buffer, signature: string): boolean
  /** Reads a verified webhook body. Null: an event we do not act on. @throws when the body is not of the gateway's form */
  readWebhook(rawBody: Buffer): GatewayEvent
  /** The gateway's own payment page, where it has one. */
  paymentUrl(orderId: string, returnUrl: string): string | null
}

export type GatewayRefundStatus = 'pending' | 'processed' | 'failed'

export type GatewayPayment = {
  paymentId: string
  orderId: string
  status: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'
  amountMinor: number
  currency: string
}

export type GatewayEvent =
  | { kind: 'payment'; type: string; payment: GatewayPayment }
  | { kind: 'refund'; type: string; refundId: string; paymentId: string; status: GatewayRefundStatus }
  | { kind: 'other'; type: string }

/** A call that failed. `retry` says whether trying again can help. */
export class GatewayError extends Error {
  readonly retry: boolean
  readonly status: number | undefined
  constructor(message: string, retry: boolean, status?: number, options?: ErrorOptions) {
    super(message, options)
    this.name = 'GatewayError'
    this.retry = retry
    this.status = status
  }
}
