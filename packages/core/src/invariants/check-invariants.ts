import { ALERT_INVARIANTS } from '../alerts/alert-invariants.ts'
import { auditOpenings } from '../alerts/audit-openings.ts'
import { SUBSCRIPTION_INVARIANTS } from '../alerts/subscription-invariants.ts'
import { INVARIANTS } from '../bookings/invariants.ts'
import { MOVE_INVARIANTS } from '../bookings/move-invariants.ts'
import { OFFER_INVARIANTS } from '../bookings/offer-invariants.ts'
import type { Ctx } from '../context.ts'
import { RedisAway } from '../redis.ts'
import { snapshotFromRedis } from '../seats/seat-holds.ts'

export type Violation = { invariant: string; detail: string }

const CHECKS = [...INVARIANTS, ...OFFER_INVARIANTS, ...MOVE_INVARIANTS, ...ALERT_INVARIANTS, ...SUBSCRIPTION_INVARIANTS]

/** An ended hold may be shown as held this long. */
const SHOWN_FREE_WITHIN_MS = 2_000
/** Seats given back may be shown as sold for as long as a worker may be away. */
const SHOWN_GIVEN_BACK_WITHIN_SECONDS = 60
/** Halls compared with Redis in one audit. */
const HALLS = 500

/**
 * The read-only auditor behind `npm run check:invariants` and every fault test.
 * `quiet`: nothing is in flight, so screens must agree with Postgres to the seat.
 */
export async function checkInvariants(
  ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>,
  options: { quiet?: boolean } = {},
): Promise<{ violations: Violation[] }> {
  const violations: Violation[] = []
  for (const check of CHECKS) {
    const { rows } = await ctx.pool.query<{ detail: string }>(`${check.sql} LIMIT 20`)
    for (const { detail } of rows) violations.push({ invariant: check.invariant, detail: `${check.says}: ${detail}` })
  }
  for (const detail of await auditOpenings(ctx))
    violations.push({ invariant: 'I23', detail: `somebody who waited was not told: ${detail}` })
  try {
    violations.push(...(await auditScreens(ctx, options.quiet ?? false)))
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error
  }
  return { violations }
}

/** I5 and I6: what Redis shows against what Postgres says, for halls with anything in them. */
async function auditScreens(ctx: Pick<Ctx, 'pool' | 'redis' | 'config'>, quiet: boolean): Promise<Violation[]> {
  // A claim about to end may end between the two looks.
  const { rows } = await ctx.pool.query<{ id: string; map: string; paying: number[]; given_back: number[] }>(
    `SELECT s.id, seat_map(s.id) AS map,
            ARRAY(SELECT unnest(c.seats) FROM cancellations c JOIN bookings b ON b.id = c.booking_id
                   WHERE b.showtime_id = s.id AND c.created_at > now() - interval '${SHOWN_GIVEN_BACK_WITHIN_SECONDS} seconds') AS given_back,
            ARRAY(SELECT c.seat::int FROM seat_claims c WHERE c.showtime_id = s.id AND c.state = 'PAYING'
                     AND c.expires_at > clock_timestamp() + interval '${SHOWN_FREE_WITHIN_MS} ms') AS paying
       FROM showtimes s
      WHERE s.ends_at > now() AND (EXISTS (SELECT FROM seat_claims c WHERE c.showtime_id = s.id)
         OR EXISTS (SELECT FROM cancellations c JOIN bookings b ON b.id = c.booking_id WHERE b.showtime_id = s.id))
      ORDER BY s.starts_at LIMIT $1`,
    [HALLS],
  )
  const violations: Violation[] = []
  for (const hall of rows) {
    const shown = await snapshotFromRedis(ctx, hall.id)
    const held = new Set(shown.held.flatMap((hold) => hold.seats))
    const late = shown.held
      .filter((hold) => hold.until < Date.now() - SHOWN_FREE_WITHIN_MS)
      .flatMap((hold) => hold.seats)
    if (late.length > 0) violations.push({ invariant: 'I5', detail: `${hall.id} shows ended holds: ${late.join(',')}` })
    for (let seat = 0; seat < hall.map.length; seat++) {
      const [truth, screen] = [hall.map[seat], shown.map[seat]]
      // Held on screen and free in Postgres is an ordinary hold. Sold in one only is a lie once things are quiet.
      if (screen === '2' && truth !== '2' && (quiet || !hall.given_back.includes(seat)))
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} shown sold, is not` })
      else if (quiet && truth === '2' && screen !== '2')
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} sold, shown ${screen}` })
      else if (quiet && screen === '0' && hall.paying.includes(seat))
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} being paid for, shown free` })
      else if (screen === '1' && !held.has(seat))
        violations.push({ invariant: 'I6', detail: `${hall.id} seat ${seat} shown held by nobody` })
    }
  }
  return violations
}
