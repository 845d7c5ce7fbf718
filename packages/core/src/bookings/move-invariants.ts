/**
 * I10, a booking makes way for one other, whole, and what it was worth is there to the paisa. I11, documents have no gaps
 * and say what was sold.
 */
export const MOVE_INVARIANTS: { invariant: string; says: string; sql: string }[] = [
  {
    invariant: 'I10',
    says: 'a booking that took the place of one that still stands',
    sql: `SELECT n.code AS detail FROM bookings n JOIN bookings o ON o.id = n.moved_from_id WHERE n.confirmed_at IS NOT NULL
             AND (o.status <> 'CANCELLED' OR NOT EXISTS (SELECT FROM cancellations c WHERE c.booking_id = o.id AND c.by = 'MOVE'))`,
  },
  {
    invariant: 'I10',
    says: 'a booking that made way for none, or for several',
    sql: `SELECT o.code AS detail FROM bookings o JOIN cancellations c ON c.booking_id = o.id AND c.by = 'MOVE'
           WHERE (SELECT count(*) FROM bookings n WHERE n.moved_from_id = o.id AND n.confirmed_at IS NOT NULL) <> 1`,
  },
  {
    invariant: 'I10',
    says: 'a move that lost or made money',
    sql: `SELECT o.code AS detail FROM cancellations c JOIN bookings o ON o.id = c.booking_id
            JOIN bookings n ON n.moved_from_id = o.id AND n.confirmed_at IS NOT NULL
           WHERE c.by = 'MOVE' AND n.credit_minor + c.refund_minor <>
             (SELECT sum(w.net_minor + w.fee_minor) FROM seat_worth(o.id) w WHERE w.seat = ANY (c.seats))`,
  },
  {
    invariant: 'I10',
    says: 'a credit that comes from nowhere',
    sql: `SELECT b.code AS detail FROM bookings b WHERE b.credit_minor > 0 AND b.moved_from_id IS NULL`,
  },
  {
    invariant: 'I11',
    says: 'a series of documents with a gap',
    sql: `SELECT d.series AS detail FROM document_series d
           WHERE d.next - 1 <> (SELECT count(*) FROM invoices i WHERE i.number LIKE d.series || '/%')
              OR d.next - 1 <> coalesce((SELECT max(substring(i.number FROM length(d.series) + 2)::int) FROM invoices i WHERE i.number LIKE d.series || '/%'), 0)`,
  },
  {
    invariant: 'I11',
    says: 'an invoice of another sum than its booking',
    sql: `SELECT i.number AS detail FROM invoices i JOIN bookings b ON b.id = i.booking_id
           WHERE i.kind = 'INVOICE' AND (i.data ->> 'totalMinor')::int <> b.total_minor`,
  },
  {
    invariant: 'I11',
    says: 'a credit note of another sum than was given back',
    sql: `SELECT i.number AS detail FROM invoices i JOIN cancellations c ON c.id = i.cancellation_id
            LEFT JOIN bookings n ON n.moved_from_id = c.booking_id AND n.confirmed_at IS NOT NULL AND c.by = 'MOVE'
           WHERE (i.data ->> 'totalMinor')::int <> c.refund_minor + coalesce(n.credit_minor, 0)`,
  },
]
