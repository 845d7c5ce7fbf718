import type { Ctx } from '../context.ts'
import type { PromoFacts } from './evaluate-promo.ts'

export type FoundPromo = { id: string; code: string; description: string; theatreId: string; facts: PromoFacts }

type Row = {
  id: string
  code: string
  description: string
  kind: 'PERCENT' | 'FLAT'
  percent: number | null
  amount_minor: number | null
  cap_minor: number | null
  min_base_minor: number
  starts_at: Date
  ends_at: Date
  max_uses: number | null
  max_uses_per_user: number | null
  active: boolean
  movie_id: string | null
  movie: string | null
  theatre_id: string | null
  theatre: string | null
  uses: number
  uses_by_user: number
  at_theatre: string
}

/**
 * A code by what somebody typed, with its uses so far and the theatre of the showtime it is wanted for. What the asker's
 * own open draft there has taken does not count: it ends when the next one begins. Null: no such code.
 */
export async function findPromo(
  ctx: Pick<Ctx, 'pool'>,
  input: { code: string; showtimeId: string; userId: string | null; holder: string | null },
): Promise<FoundPromo | null> {
  const { rows } = await ctx.pool.query<Row>({
    name: 'find_promo',
    text: `WITH own AS (
             SELECT b.id FROM bookings b WHERE b.showtime_id = $2 AND b.status = 'PENDING'
                AND CASE WHEN $4::text IS NULL THEN b.user_id = $3::uuid ELSE b.holder = $4 END
           )
           SELECT p.id, p.code, p.description, p.kind::text AS kind, p.percent, p.amount_minor, p.cap_minor, p.min_base_minor,
                  p.starts_at, p.ends_at, p.max_uses, p.max_uses_per_user, p.active,
                  p.movie_id, m.title AS movie, p.theatre_id, t.name AS theatre,
                  CASE WHEN p.max_uses IS NULL THEN 0 ELSE (SELECT count(*)::int FROM promo_redemptions r
                    WHERE r.promo_id = p.id AND r.state <> 'RELEASED' AND r.booking_id NOT IN (SELECT id FROM own)) END AS uses,
                  CASE WHEN p.max_uses_per_user IS NULL THEN 0 ELSE (SELECT count(*)::int FROM promo_redemptions r
                    WHERE r.promo_id = p.id AND r.user_id = $3 AND r.state <> 'RELEASED' AND r.booking_id NOT IN (SELECT id FROM own)) END AS uses_by_user,
                  (SELECT c.theatre_id FROM showtimes s JOIN screens c ON c.id = s.screen_id WHERE s.id = $2) AS at_theatre
             FROM promo_codes p LEFT JOIN movies m ON m.id = p.movie_id LEFT JOIN theatres t ON t.id = p.theatre_id
            WHERE p.code = $1`,
    values: [input.code.toUpperCase().replaceAll(/\s/g, ''), input.showtimeId, input.userId, input.holder],
  })
  const row = rows[0]
  if (!row) return null
  return {
    id: row.id,
    code: row.code,
    description: row.description,
    theatreId: row.at_theatre,
    facts: {
      kind: row.kind,
      percent: row.percent,
      amountMinor: row.amount_minor,
      capMinor: row.cap_minor,
      minBaseMinor: row.min_base_minor,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      maxUses: row.max_uses,
      maxUsesPerUser: row.max_uses_per_user,
      active: row.active,
      // One that was deleted since is no other film: the code fits nothing any more.
      movie: row.movie_id ? { id: row.movie_id, title: row.movie ?? 'another film' } : null,
      theatre: row.theatre_id ? { id: row.theatre_id, name: row.theatre ?? 'another cinema' } : null,
      uses: row.uses,
      usesByUser: row.uses_by_user,
    },
  }
}
