import { z } from 'zod'
import { MoneyStatus } from './bookings.ts'
import { Id } from './common.ts'

const GatewayId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9_-]+$/)

/** POST /api/payments/verify: what the gateway handed the browser. Razorpay's field names. */
export const VerifyPaymentBody = z
  .object({
    razorpay_order_id: GatewayId,
    razorpay_payment_id: GatewayId,
    razorpay_signature: z.string().regex(/^[a-f0-9]{64}$/, 'not a signature'),
  })
  .meta({ id: 'VerifyPayment' })
export type VerifyPaymentBody = z.infer<typeof VerifyPaymentBody>

/** GET /api/payments/methods: what the gateway takes on this account now, in the order to show it. */
export const PaymentMethod = z.enum(['upi', 'card', 'netbanking', 'wallet'])
export type PaymentMethod = z.infer<typeof PaymentMethod>
export const PaymentMethodList = z
  .object({ items: z.array(z.object({ method: PaymentMethod, label: z.string() })) })
  .meta({ id: 'PaymentMethodList' })
export type PaymentMethodList = z.infer<typeof PaymentMethodList>

export const VerifiedPayment = z.object({ bookingId: Id, money: MoneyStatus }).meta({ id: 'VerifiedPayment' })
export type VerifiedPayment = z.infer<typeof VerifiedPayment>
