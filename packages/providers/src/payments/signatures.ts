import { createHmac, timingSafeEqual } from 'node:crypto'

/** HMAC-SHA256 in lower-case hex, the form Razorpay signs with. */
export const sign = (secret: string, message: string | Buffer) =>
  createHmac('sha256', secret).update(message).digest('hex')

/** Constant time for any input: a signature of another length is compared too, against itself. */
export function sameSignature(secret: string, message: string | Buffer, given: string): boolean {
  const expected = Buffer.from(sign(secret, message))
  const actual = Buffer.from(given)
  return (
    timingSafeEqual(expected, actual.length === expected.length ? actual : expected) &&
    actual.length === expected.length
  )
}

/** What the browser brings back is signed over the order and the payment together. */
export const returnMessage = (orderId: string, paymentId: string) => `${orderId}|${paymentId}`
