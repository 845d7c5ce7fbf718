import type { Ctx } from '../context.ts'
import { offerWords } from './offer-problems.ts'
import { voucherHash } from './voucher-code.ts'

export type FoundVoucher = {
  id: string
  /** The last four of its code. */
  hint: string
  balanceMinor: number
  expiresAt: Date
}

/**
 * A voucher by its code; only its hash is kept, so nobody can read codes out of the database. What the asker's own open
 * draft there has taken counts as still on it: it goes back when the next one begins. Null: no such voucher.
 */
export async function findVoucher(
  ctx: Pick<Ctx, 'pool'>,
  input: { code: string; draftOf?: { showtimeId: string; userId: string | null; holder: string | null } },
): Promise<FoundVoucher | null> {
  const { showtimeId = null, userId = null, holder = null } = input.draftOf ?? {}
  const { rows } = await ctx.pool.query<{ id: string; hint: string; balance_minor: number; expires_at: Date }>({
    name: 'find_voucher',
    text: `SELECT v.id, v.hint, v.expires_at, (v.balance_minor + coalesce((
                    SELECT sum(r.amount_minor) FROM voucher_redemptions r JOIN bookings b ON b.id = r.booking_id
                     WHERE r.voucher_id = v.id AND r.state = 'RESERVED' AND b.showtime_id = $2 AND b.status = 'PENDING'
                       AND CASE WHEN $4::text IS NULL THEN b.user_id = $3::uuid ELSE b.holder = $4 END), 0))::int AS balance_minor
             FROM gift_vouchers v WHERE v.code_hash = $1`,
    values: [voucherHash(input.code), showtimeId, userId, holder],
  })
  const row = rows[0]
  return row ? { id: row.id, hint: row.hint, balanceMinor: row.balance_minor, expiresAt: row.expires_at } : null
}

/** In words why a voucher pays nothing now; null when it does. */
export function voucherProblem(voucher: FoundVoucher | null, now: Date): string | null {
  if (!voucher) return offerWords('VOUCHER_UNKNOWN')
  if (voucher.expiresAt <= now) return offerWords('VOUCHER_OVER')
  if (voucher.balanceMinor === 0) return 'Nothing is left on this gift voucher.'
  return null
}
