import { z } from 'zod'

/** `turn`: which sweep began it anew. What follows from it carries the turn on, or would be taken for the first time's. */
const TicketToMake = z.object({ bookingId: z.uuid(), turn: z.int().optional() })
const CancellationToTell = z.object({ cancellationId: z.uuid(), turn: z.int().optional() })

/**
 * Every job there is: its payload, its queue, and how often it is tried. The worker's handler map is typed over this,
 * so a job without a handler does not compile. Payloads are ids; every handler may run twice.
 */
export const JOBS = {
  /** Show the seats as sold, render the ticket, mail it. */
  'booking.confirmed': { queue: 'critical', attempts: 20, payload: TicketToMake },
  'ticket.render': { queue: 'bulk', attempts: 8, payload: TicketToMake },
  'ticket.mail': { queue: 'notify', attempts: 12, payload: z.object({ bookingId: z.uuid() }) },
  /** Seats were given back: tell the guest, and draw the ticket of those that are left. */
  'booking.cancelled': { queue: 'critical', attempts: 20, payload: CancellationToTell },
  'ticket.redraw': { queue: 'bulk', attempts: 8, payload: CancellationToTell },
  'cancellation.mail': { queue: 'notify', attempts: 12, payload: z.object({ cancellationId: z.uuid() }) },
  /** Show them as free. */
  'seats.freed': { queue: 'critical', attempts: 20, payload: z.object({ cancellationId: z.uuid() }) },
  /** Everybody in it gets everything back. */
  'showtime.cancelled': { queue: 'critical', attempts: 20, payload: z.object({ showtimeId: z.uuid() }) },
  'refund.mail': { queue: 'notify', attempts: 12, payload: z.object({ refundId: z.uuid() }) },
  /** Tells an applicant whether they may run theatres here. */
  'admin-request.mail': { queue: 'notify', attempts: 12, payload: z.object({ requestId: z.uuid() }) },
  /** The delivery says to whom and about what: by now the account may have another address, or be gone. */
  'account.mail': { queue: 'notify', attempts: 12, payload: z.object({ deliveryId: z.uuid() }) },
  /** Open the order at the gateway, for a checkout whose own request died before it could: it gets the time to do it itself. */
  'payment.create-order': {
    queue: 'critical',
    attempts: 5,
    delayMs: 5_000,
    payload: z.object({ paymentId: z.uuid() }),
  },
  /** Money is set aside: mostly the gateway takes it within the second, and then there is nothing left to do. */
  'payment.check': { queue: 'critical', attempts: 8, delayMs: 2_000, payload: z.object({ paymentId: z.uuid() }) },
  /** Documents for the books: after the tickets, which somebody waits for. */
  'invoice.issue': { queue: 'bulk', attempts: 8, priority: 10, payload: z.object({ bookingId: z.uuid() }) },
  'credit-note.issue': { queue: 'bulk', attempts: 8, priority: 10, payload: z.object({ cancellationId: z.uuid() }) },
  'invoice.render': { queue: 'bulk', attempts: 8, priority: 10, payload: z.object({ invoiceId: z.uuid() }) },
  'payment.refund': { queue: 'critical', attempts: 30, payload: z.object({ refundId: z.uuid() }) },
  /** One look at one film on one site. */
  'watch.look': { queue: 'scrape', attempts: 1, payload: z.object({ watchId: z.uuid() }) },
  /** Our own programme changed: what it says now. */
  'watch.told': { queue: 'critical', attempts: 20, payload: z.object({ watchId: z.uuid() }) },
  /** A site's list of films in one city. */
  'listing.read': {
    queue: 'scrape',
    attempts: 1,
    payload: z.object({ sourceId: z.string(), cityId: z.uuid(), list: z.enum(['running', 'upcoming']) }),
  },
  /** Everybody who waits for what opened gets a row and a ladder. */
  'opening.fan-out': {
    queue: 'critical',
    attempts: 30,
    payload: z.object({ openingId: z.uuid(), observationId: z.uuid().optional() }),
  },
  /** One step of one ladder. Calls have a queue of their own: the carrier paces them. */
  'alert.message': { queue: 'notify', attempts: 12, payload: z.object({ attemptId: z.uuid() }) },
  'alert.call': { queue: 'calls', attempts: 30, payload: z.object({ attemptId: z.uuid() }) },
  /**
   * One mail to a subscriber that is about no opening: what was on sale already, a site that cannot be seen. Without an
   * address a text; `text`: that alone, which waited for the morning.
   */
  'alert.notice': {
    queue: 'notify',
    attempts: 12,
    payload: z.object({
      subscriptionId: z.uuid(),
      about: z.enum(['already-open', 'blind']),
      text: z.literal(true).optional(),
    }),
  },
  /** Says to a new subscriber what was set up; to a number that somebody named, that it can say yes. */
  'alert.created': {
    queue: 'notify',
    attempts: 12,
    payload: z.object({ subscriptionId: z.uuid(), about: z.enum(['created', 'confirm']) }),
  },
  // Scheduled: each discovers a bounded batch.
  /** Watches and lists that are due. */
  'watch.schedule': { queue: 'scrape', attempts: 1, priority: 1, payload: z.object({}) },
  /** Ladders whose next step is due, and jobs that were lost with Redis. */
  'alert.schedule': { queue: 'critical', attempts: 1, payload: z.object({}) },
  /** Calls and texts of which nobody knows what became: the carrier is asked. */
  'alert.reconcile': { queue: 'critical', attempts: 1, payload: z.object({}) },
  /** Openings that were not told to everybody, subscribers of sites we cannot see. */
  'alert.sweep': { queue: 'critical', attempts: 1, payload: z.object({}) },
  'payment.reconcile': { queue: 'critical', attempts: 1, payload: z.object({}) },
  'booking.expire': { queue: 'critical', attempts: 1, payload: z.object({}) },
  /** Confirmed bookings whose ticket was not mailed: their jobs were lost with Redis, or gave up. */
  'ticket.sweep': { queue: 'critical', attempts: 1, payload: z.object({}) },
  /** Cancellations of which the guest was not told, cancelled showtimes in which somebody still sits. */
  'cancellation.sweep': { queue: 'critical', attempts: 1, payload: z.object({}) },
  /** Refunds whose guest was not told, likewise. */
  'refund-mail.sweep': { queue: 'critical', attempts: 1, payload: z.object({}) },
  /** Sales without an invoice, cancellations without a credit note, documents that were not drawn. */
  'invoice.sweep': { queue: 'bulk', attempts: 1, payload: z.object({}) },
  'movie.popularity': { queue: 'bulk', attempts: 1, payload: z.object({}) },
  'purge.expired': { queue: 'bulk', attempts: 1, payload: z.object({}) },
} as const satisfies Record<
  string,
  { queue: QueueName; attempts: number; delayMs?: number; priority?: number; payload: z.ZodType }
>

/** Queues by what they need: never late, vendor-paced, page-fetching, heavy, a phone line each. */
export type QueueName = 'critical' | 'notify' | 'scrape' | 'bulk' | 'calls'
export const QUEUES: QueueName[] = ['critical', 'notify', 'scrape', 'bulk', 'calls']

export type JobName = keyof typeof JOBS
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>
export type JobHandlers<Context> = { [N in JobName]: (context: Context, payload: JobPayload<N>) => Promise<void> }

/** Scheduled jobs and their periods in milliseconds. */
export const SCHEDULES: { name: JobName; everyMs: number }[] = [
  { name: 'payment.reconcile', everyMs: 30_000 },
  { name: 'booking.expire', everyMs: 5_000 },
  { name: 'ticket.sweep', everyMs: 60_000 },
  { name: 'refund-mail.sweep', everyMs: 60_000 },
  { name: 'cancellation.sweep', everyMs: 60_000 },
  { name: 'invoice.sweep', everyMs: 300_000 },
  { name: 'watch.schedule', everyMs: 2_000 },
  { name: 'alert.schedule', everyMs: 2_000 },
  { name: 'alert.reconcile', everyMs: 30_000 },
  { name: 'alert.sweep', everyMs: 60_000 },
  { name: 'movie.popularity', everyMs: 300_000 },
  { name: 'purge.expired', everyMs: 3_600_000 },
]
