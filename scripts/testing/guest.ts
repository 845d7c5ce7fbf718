import { randomBytes } from 'node:crypto'
import type { Checkout } from '@marquee/contracts/bookings'
import type { ErrorBody } from '@marquee/contracts/errors'
import type { VerifiedPayment } from '@marquee/contracts/payments'
import type { SeatHold } from '@marquee/contracts/seats'

export type Answer<T> = { status: number; body: T; headers: Headers }
export type Failure = ErrorBody
/** What the payment page hands the browser. */
export type Return = { razorpay_order_id: string; razorpay_payment_id: string; razorpay_signature: string }

const secret = () => randomBytes(32).toString('base64url')

/** A guest with a browser: real HTTP, one hold token and one idempotency key, kept over every retry. */
export class Guest {
  readonly base: string
  readonly accessToken: string
  readonly showtimeId: string
  readonly seatIds: string[]
  readonly holdToken = secret()
  readonly idempotencyKey = secret()

  constructor(base: string, given: { accessToken: string; showtimeId: string; seatIds: string[] }) {
    this.base = base
    this.accessToken = given.accessToken
    this.showtimeId = given.showtimeId
    this.seatIds = given.seatIds
  }

  hold = () => this.ask<SeatHold>('POST', `/api/showtimes/${this.showtimeId}/holds`, { seatIds: this.seatIds })
  release = () => this.ask<object>('DELETE', `/api/showtimes/${this.showtimeId}/holds`)

  checkout = (expectedTotalMinor: number) =>
    this.ask<Checkout>('POST', '/api/bookings', {
      showtimeId: this.showtimeId,
      seatIds: this.seatIds,
      expectedTotalMinor,
    })

  verify = (paid: Return) => this.ask<VerifiedPayment>('POST', '/api/payments/verify', paid)

  /** Presses a button of the development gateway's page. Null when the page does not lead back by itself. */
  async press(checkout: Pick<Checkout, 'paymentUrl'>, action: string): Promise<Return | null> {
    const page = new URL(checkout.paymentUrl ?? '')
    const answer = await fetch(page.origin + page.pathname, {
      method: 'POST',
      body: new URLSearchParams({ action, return_url: page.searchParams.get('return_url') ?? '' }),
      redirect: 'manual',
    })
    await answer.text()
    const location = answer.headers.get('location')
    return location ? (Object.fromEntries(new URL(location).searchParams) as Return) : null
  }

  async ask<T>(method: string, path: string, body?: object): Promise<Answer<T>> {
    const answer = await fetch(this.base + path, {
      method,
      headers: {
        authorization: `Bearer ${this.accessToken}`,
        'x-hold-token': this.holdToken,
        'idempotency-key': this.idempotencyKey,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text ? JSON.parse(text) : null) as T, headers: answer.headers }
  }
}
