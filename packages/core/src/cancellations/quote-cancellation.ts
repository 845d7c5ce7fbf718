import type { CancellationQuote, CancellationTiers } from '@marquee/contracts/cancellations'
import { requireUser } from '../auth/require-user.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'
import type { CancelRefusal } from './cancel-seats.ts'
import { REFUSALS } from './refusals.ts'
import { seatsByName } from './seats-by-name.ts'
import { changesAt, tiersOf } from './tiers.ts'

type Row = {
  outcome: 'OK' | Exclude<CancelRefusal, 'KEY_REUSED' | 'PRICE_CHANGED'>
  seats: number[]
  base_minor: number
  percent: number
  refund_minor: number
  to_voucher_minor: number
  film_starts_at: Date
  tiers: CancellationTiers
  now: Date
}

/**
 * What giving back these seats (none named: all that are left) would give back at this moment, by the database's clock.
 * @throws UNAUTHENTICATED, NOT_FOUND for anybody else's booking, VALIDATION for a seat it never had
 */
export async function quoteCancellation(
  ctx: Pick<Ctx, 'db' | 'pool'>,
  actor: Actor,
  input: { bookingId: string; seatIds?: string[] | undefined },
): Promise<CancellationQuote> {
  const { userId } = requireUser(actor)
  const booking = await ctx.db.booking.findFirst({
    where: { id: input.bookingId, userId },
    select: { id: true, seats: { select: { seat: true, label: true }, orderBy: { seat: 'asc' } } },
  })
  if (!booking) throw notFound('booking')
  const seats = seatsByName(booking.seats, input.seatIds)
  const { rows } = await ctx.pool.query<Row>(`SELECT * FROM quote_cancellation($1, $2, 'GUEST')`, [booking.id, seats])
  const quote = rows[0]
  if (!quote || quote.outcome === 'NOT_FOUND') throw notFound('booking')
  const cancellable = quote.outcome === 'OK'
  const tiers = tiersOf(quote.tiers)
  return {
    bookingId: booking.id,
    seatIds: booking.seats.filter(({ seat }) => quote.seats.includes(seat)).map(({ label }) => label),
    cancellable,
    refusal: quote.outcome === 'OK' ? null : REFUSALS[quote.outcome],
    baseMinor: quote.base_minor,
    percent: quote.percent,
    refundMinor: cancellable ? quote.refund_minor : 0,
    toVoucherMinor: cancellable ? quote.to_voucher_minor : 0,
    changesAt: (cancellable && changesAt(tiers, quote.film_starts_at, quote.now)?.toISOString()) || null,
    tiers,
    now: quote.now.toISOString(),
  }
}
