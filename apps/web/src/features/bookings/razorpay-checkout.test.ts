import type { Checkout } from '@marquee/contracts/bookings'
import { expect, test } from 'vitest'
import { razorpayOptions } from './razorpay-checkout.ts'

const checkout = {
  bookingId: 'b-1',
  keyId: 'rzp_live_key',
  orderId: 'order_1',
  amountMinor: 74_956,
  currency: 'INR',
  payBy: '2026-11-21T12:08:00.000Z',
  now: '2026-11-21T12:00:00.000Z',
} as Checkout

test('the window is told the order, its amount, how long the seats are kept, and who pays', () => {
  const guest = { name: 'Meera', email: 'meera@example.com', phone: '+919876543210' }
  expect(razorpayOptions(checkout, { title: 'Kites over Charminar', guest })).toMatchObject({
    key: 'rzp_live_key',
    order_id: 'order_1',
    amount: 74_956,
    currency: 'INR',
    description: 'Kites over Charminar',
    prefill: { name: 'Meera', email: 'meera@example.com', contact: '+919876543210' },
    timeout: 480,
  })
})

test('what is not known is not filled in', () => {
  const guest = { name: null, email: null, phone: null }
  expect(razorpayOptions(checkout, { title: 'x'.repeat(400), guest })).toMatchObject({ prefill: {} })
  expect(razorpayOptions(checkout, { title: 'x'.repeat(400), guest }).description).toHaveLength(250)
})

test('the window stays open long enough to be read, whatever the clocks say', () => {
  const guest = { name: null, email: null, phone: null }
  expect(razorpayOptions({ ...checkout, now: checkout.payBy }, { title: '', guest }).timeout).toBe(30)
})
