import { z } from 'zod'

// The parts of Razorpay's JSON that Marquee reads. Fields it does not need are left out, so new ones cannot break it.

export const RazorpayOrder = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.string(),
  receipt: z.string().nullable().optional(),
  status: z.enum(['created', 'attempted', 'paid']),
})

export const RazorpayPayment = z.object({
  id: z.string(),
  order_id: z.string().nullable(),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['created', 'authorized', 'captured', 'refunded', 'failed']),
  captured: z.boolean().nullable().optional(),
})

export const RazorpayRefund = z.object({
  id: z.string(),
  payment_id: z.string(),
  amount: z.int(),
  receipt: z.string().nullable().optional(),
  status: z.enum(['pending', 'processed', 'failed']),
})

export const RazorpayList = <T extends z.ZodType>(item: T) => z.object({ count: z.int(), items: z.array(item) })

/** What an account may be paid by. A list that is empty comes as `[]`, one that is not as an object. */
const Switches = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional()
export const RazorpayMethods = z.object({
  card: z.boolean().optional(),
  upi: z.boolean().optional(),
  netbanking: Switches,
  wallet: Switches,
})

export const RazorpayFailure = z.object({ error: z.object({ code: z.string(), description: z.string() }) })

/** Of any event, also of those that have other things in them. */
export const RazorpayAnyEvent = z.object({ event: z.string().max(100) })

export const RazorpayEvent = RazorpayAnyEvent.extend({
  payload: z.object({
    payment: z.object({ entity: RazorpayPayment }).optional(),
    refund: z.object({ entity: RazorpayRefund }).optional(),
  }),
})
