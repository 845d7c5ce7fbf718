/** A use that was honoured although its draft had ended: beyond what the code allows, on purpose. */
const LATE = 'b.confirmed_at > b.pay_by'

/**
 * I9, one price: what is charged is what was quoted, nobody has more of a code than it gives, and a voucher's money is
 * somewhere to the paisa.
 */
export const OFFER_INVARIANTS: { invariant: string; says: string; sql: string }[] = [
  {
    invariant: 'I9',
    says: 'a voucher whose balance is not what was put on it less what was taken',
    sql: `SELECT v.id::text AS detail FROM gift_vouchers v LEFT JOIN voucher_redemptions r ON r.voucher_id = v.id AND r.state <> 'RELEASED'
           GROUP BY v.id HAVING v.balance_minor <> v.amount_minor - coalesce(sum(r.amount_minor - r.returned_minor), 0)`,
  },
  {
    invariant: 'I9',
    says: 'a code taken more often than it gives',
    sql: `SELECT p.code AS detail FROM promo_codes p JOIN promo_redemptions r ON r.promo_id = p.id JOIN bookings b ON b.id = r.booking_id
           WHERE r.state <> 'RELEASED' AND ${LATE} IS NOT TRUE GROUP BY p.id HAVING count(*) > p.max_uses`,
  },
  {
    invariant: 'I9',
    says: 'a code taken more often by one person than it gives to one',
    sql: `SELECT p.code AS detail FROM promo_codes p JOIN promo_redemptions r ON r.promo_id = p.id JOIN bookings b ON b.id = r.booking_id
           WHERE r.state <> 'RELEASED' AND ${LATE} IS NOT TRUE GROUP BY p.id, r.user_id HAVING count(*) > p.max_uses_per_user`,
  },
  {
    invariant: 'I9',
    says: 'a code or voucher in another state than its booking',
    sql: `SELECT b.code AS detail FROM bookings b JOIN (SELECT booking_id, state FROM promo_redemptions UNION ALL
                   SELECT booking_id, state FROM voucher_redemptions) r ON r.booking_id = b.id
           WHERE CASE r.state WHEN 'RESERVED' THEN b.status <> 'PENDING' WHEN 'REDEEMED' THEN b.status NOT IN ('CONFIRMED', 'CANCELLED')
                 ELSE b.status NOT IN ('EXPIRED', 'CANCELLED') END`,
  },
  {
    invariant: 'I9',
    says: 'a booking whose discount or voucher is not what it took',
    sql: `SELECT b.code AS detail FROM bookings b LEFT JOIN promo_redemptions p ON p.booking_id = b.id
            LEFT JOIN voucher_redemptions v ON v.booking_id = b.id
           WHERE b.discount_minor <> coalesce(p.discount_minor, 0) OR b.voucher_minor <> coalesce(v.amount_minor, 0)`,
  },
  {
    invariant: 'I9',
    says: 'a payment of another amount than its booking leaves to charge',
    sql: `SELECT b.code AS detail FROM bookings b JOIN payments p ON p.booking_id = b.id
           WHERE p.amount_minor <> b.total_minor - b.voucher_minor - b.credit_minor
              OR (p.gateway = 'none' AND (p.amount_minor <> 0 OR p.state <> 'CONFIRMED'))`,
  },
  {
    invariant: 'I9',
    says: 'a booking whose base is not the sum of its seats',
    sql: `SELECT b.code AS detail FROM bookings b JOIN booking_seats s ON s.booking_id = b.id
           GROUP BY b.id HAVING sum(s.price_minor) <> b.base_minor`,
  },
]
