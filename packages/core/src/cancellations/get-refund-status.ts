import type { RefundStatus } from '@marquee/contracts/cancellations'
import { refundView } from '../bookings/cancellation-view.ts'
import { REFUND_ATTEMPTS } from '../bookings/states.ts'
import type { Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import { dateOf } from '../tickets/ticket-words.ts'

/** Why it began, in a word for the first step. */
const BEGAN: Record<string, string> = {
  CANCELLED_GUEST: 'You gave your seats back',
  CANCELLED_CINEMA: 'The cinema cancelled the showtime',
  CANCELLED_MOVE: 'You moved to a showtime that costs less',
}

/**
 * How far a refund is, for whoever has its reference. Says what went where, nothing about whose it is.
 * @throws NOT_FOUND
 */
export async function getRefundStatus(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  input: { reference: string },
): Promise<RefundStatus> {
  const refund = await ctx.db.refund.findUnique({
    where: { reference: input.reference },
    include: {
      cancellation: { select: { createdAt: true, booking: { select: { code: true } } } },
      capture: {
        select: {
          capturedAt: true,
          currency: true,
          payment: {
            select: {
              booking: {
                select: {
                  code: true,
                  showtime: {
                    select: {
                      movie: { select: { title: true } },
                      screen: { select: { theatre: { select: { name: true, city: { select: { timeZone: true } } } } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  })
  if (!refund) throw notFound('refund')
  const { capture, cancellation } = refund
  const { booking } = capture.payment
  const { theatre } = booking.showtime.screen
  const view = refundView(refund)
  const now = ctx.clock.now()
  const through = refund.state === 'PROCESSED'
  const accepted = through || refund.state === 'PENDING'
  return {
    ...view,
    movie: booking.showtime.movie.title,
    theatre: theatre.name,
    // The booking that was cancelled, also where the money had been paid for the one before it.
    bookingCode: cancellation?.booking.code ?? booking.code,
    currency: capture.currency,
    steps: [
      {
        what: BEGAN[refund.reason] ?? 'Your payment arrived and could not be used',
        at: (cancellation?.createdAt ?? capture.capturedAt).toISOString(),
        done: true,
      },
      { what: 'Your refund began', at: view.startedAt, done: true },
      {
        what: accepted
          ? 'Our payment provider has accepted it'
          : refund.state === 'FAILED'
            ? refund.attempt < REFUND_ATTEMPTS
              ? 'It did not get through yet; we are trying again'
              : 'It did not get through; one of us is seeing to it by hand'
            : 'Our payment provider is being asked to pay it back',
        at: null,
        done: accepted,
      },
      {
        what: through
          ? 'Sent back to the account or card you paid with'
          : `Sent back to the account or card you paid with${refund.promisedBy && refund.promisedBy > now ? `, by ${dateOf(refund.promisedBy, theatre.city.timeZone)} at the latest` : ''}`,
        at: view.processedAt,
        done: through,
      },
    ],
    now: now.toISOString(),
  }
}
