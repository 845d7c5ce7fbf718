import type pg from 'pg'
import { voucherHash, voucherHint } from '../offers/voucher-code.ts'
import { DEMO_PROMOS, DEMO_VOUCHER } from './offers.ts'
import { stableId } from './stable.ts'

/** Two promo codes and a gift voucher. Ones that exist keep their uses, their balance and what was changed by hand. */
export async function writeOffers(client: pg.PoolClient): Promise<void> {
  const promos = DEMO_PROMOS.map((promo) => ({ ...promo, id: stableId('promo', promo.code) }))
  await client.query(
    `INSERT INTO promo_codes (id, code, description, kind, percent, amount_minor, cap_minor, min_base_minor, starts_at, ends_at)
     SELECT id, code, description, kind, percent, "amountMinor", "capMinor", "minBaseMinor", '2026-01-01Z', '2036-01-01Z'
       FROM jsonb_to_recordset($1) AS r(id uuid, code text, description text, kind promo_kind, percent int,
                                        "amountMinor" int, "capMinor" int, "minBaseMinor" int)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(promos)],
  )
  await client.query(
    `INSERT INTO gift_vouchers (id, code_hash, hint, amount_minor, balance_minor, expires_at, note)
     VALUES ($1, $2, $3, $4, $4, '2036-01-01Z', 'demo') ON CONFLICT DO NOTHING`,
    [
      stableId('voucher', DEMO_VOUCHER.code),
      voucherHash(DEMO_VOUCHER.code),
      voucherHint(DEMO_VOUCHER.code),
      DEMO_VOUCHER.amountMinor,
    ],
  )
}
