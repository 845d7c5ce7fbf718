import type { CancellationImpact } from '@marquee/contracts/cancellations'
import { authoriseTheatre } from '../auth/access.ts'
import type { Actor, Ctx } from '../context.ts'
import { notFound } from '../errors.ts'

type Row = Pick<CancellationImpact, 'bookings' | 'seats' | 'refundMinor' | 'toVoucherMinor' | 'drafts'>

/**
 * What cancelling a showtime would do at this moment: counted by the same function that decides what each guest gets
 * back. Changes nothing. Of a cancelled one: what has not gone back yet.
 * @throws UNAUTHENTICATED, FORBIDDEN, NOT_FOUND
 */
export async function cancellationImpact(
  ctx: Pick<Ctx, 'db' | 'pool'>,
  input: { actor: Actor; showtimeId: string },
): Promise<CancellationImpact> {
  const { actor, showtimeId } = input
  const showtime = await ctx.db.showtime.findUnique({
    where: { id: showtimeId },
    select: { screen: { select: { theatreId: true } } },
  })
  await authoriseTheatre(ctx, actor, 'showtime.cancel', showtime?.screen.theatreId ?? null)
  if (!showtime) throw notFound('showtime')
  const { rows } = await ctx.pool.query<Row>(
    `SELECT count(*)::int AS bookings, coalesce(sum(cardinality(q.seats)), 0)::int AS seats,
            coalesce(sum(q.refund_minor), 0)::float8 AS "refundMinor",
            coalesce(sum(q.to_voucher_minor), 0)::float8 AS "toVoucherMinor",
            (SELECT count(*)::int FROM bookings d WHERE d.showtime_id = $1 AND d.status = 'PENDING') AS drafts
       FROM bookings b CROSS JOIN LATERAL quote_cancellation(b.id, NULL, 'CINEMA') q
      WHERE b.showtime_id = $1 AND b.status = 'CONFIRMED' AND q.outcome = 'OK'`,
    [showtimeId],
  )
  if (!rows[0]) throw new Error('a count answered nothing')
  return { showtimeId, ...rows[0] }
}
