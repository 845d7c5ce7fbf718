-- Giving seats back: what comes back for them, from which money, and the one act that does it.

-- When a refund has arrived at the latest, as the guest is told: the end of the seventh working day after it began.
CREATE FUNCTION "refund_promised_by"(p_from timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT ((d.day + 1)::timestamp AT TIME ZONE 'Asia/Kolkata') - interval '1 minute'
    FROM (SELECT (p_from AT TIME ZONE 'Asia/Kolkata')::date + n AS day FROM generate_series(1, 14) n) d
   WHERE extract(isodow FROM d.day) < 6 ORDER BY d.day OFFSET 6 LIMIT 1
$$;
-- Whoever begins a refund makes the promise with it.
CREATE FUNCTION "promise_refund"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.promised_by := coalesce(NEW.promised_by, refund_promised_by(NEW.created_at));
  RETURN NEW;
END $$;
CREATE TRIGGER "refunds_promise" BEFORE INSERT ON "refunds" FOR EACH ROW EXECUTE FUNCTION "promise_refund"();
UPDATE "refunds" SET "promised_by" = refund_promised_by("created_at") WHERE "promised_by" IS NULL;
UPDATE "refunds" SET "processed_at" = "updated_at" WHERE "state" = 'PROCESSED' AND "processed_at" IS NULL;

-- Bookings sold before policies were written down count by the one that everybody had.
CREATE FUNCTION "known_tiers"(p_tiers jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN p_tiers = '[]' THEN '[{"minutesBefore": 120, "percent": 75}, {"minutesBefore": 20, "percent": 50}]' ELSE p_tiers END
$$;

-- How much of the base comes back at this moment. To the microsecond: exactly two hours before is still two hours before.
CREATE FUNCTION "cancellation_percent"(p_tiers jsonb, p_film timestamptz, p_at timestamptz) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(max((t ->> 'percent')::int), 0) FROM jsonb_array_elements(known_tiers(p_tiers)) t
   WHERE p_at < p_film AND p_film - p_at >= (t ->> 'minutesBefore')::int * interval '1 minute'
$$;

-- What each seat of a booking cost: its share of the base after the discount, and of fee and tax. Shares are the steps
-- of a running total, so the seats together cost exactly what the booking did, whichever of them go and in which order.
CREATE FUNCTION "seat_worth"(p_booking uuid) RETURNS TABLE (seat int, net_minor int, fee_minor int) LANGUAGE sql AS $$
  WITH running AS (
    SELECT s.seat, s.price_minor, b.base_minor, b.discount_minor, b.convenience_fee_minor + b.tax_minor AS fees,
           sum(s.price_minor) OVER w AS upto, row_number() OVER w AS n, count(*) OVER () AS of
      FROM booking_seats s JOIN bookings b ON b.id = s.booking_id
     WHERE s.booking_id = p_booking WINDOW w AS (ORDER BY s.seat)
  )
  SELECT seat::int,
         CASE WHEN base_minor = 0 THEN 0 ELSE
           (div(upto::numeric * (base_minor - discount_minor), base_minor)
            - div((upto - price_minor)::numeric * (base_minor - discount_minor), base_minor))::int END,
         (div(n::numeric * fees, of) - div((n - 1)::numeric * fees, of))::int
    FROM running
$$;

-- The money that a booking stands on and that has not gone back: its own, and that of the bookings it took the place of.
-- Newest first. One row a capture or a voucher.
CREATE FUNCTION "money_left"(p_booking uuid)
RETURNS TABLE (capture_id uuid, voucher_of uuid, left_minor int, demo boolean) LANGUAGE sql AS $$
  WITH RECURSIVE chain AS (
    SELECT b.id, b.moved_from_id, b.created_at FROM bookings b WHERE b.id = p_booking
     UNION
    SELECT b.id, b.moved_from_id, b.created_at FROM bookings b JOIN chain c ON b.id = c.moved_from_id
  ), money AS (
    SELECT c.id AS capture_id, NULL::uuid AS voucher_of, c.learnt_from = 'demo' AS demo, chain.created_at, c.captured_at,
           (c.amount_minor - coalesce((SELECT sum(r.amount_minor) FROM refunds r WHERE r.capture_id = c.id), 0))::int AS left_minor
      FROM chain JOIN payments p ON p.booking_id = chain.id JOIN payment_captures c ON c.payment_id = p.id
     WHERE c.outcome = 'BOOKED'
     UNION ALL
    SELECT NULL, v.booking_id, false, chain.created_at, v.created_at, v.amount_minor - v.returned_minor
      FROM chain JOIN voucher_redemptions v ON v.booking_id = chain.id WHERE v.state = 'REDEEMED'
  )
  SELECT m.capture_id, m.voucher_of, m.left_minor, m.demo FROM money m WHERE m.left_minor > 0
   ORDER BY m.created_at DESC, m.captured_at DESC, m.capture_id
$$;

-- What giving back these seats (null: all that are left) means now. Changes nothing.
-- A guest gets the tier's part of the base; the cinema gives back everything; a move gives back p_refund.
-- outcome: OK | NOT_FOUND | NOT_CONFIRMED | CINEMA_CANCELLED | STARTED | USED | NOT_ITS_SEATS
CREATE FUNCTION "quote_cancellation"(p_booking uuid, p_seats int[], p_by cancelled_by, p_refund int DEFAULT NULL,
  OUT outcome text, OUT seats int[], OUT base_minor int, OUT percent int, OUT refund_minor int, OUT to_voucher_minor int,
  OUT film_starts_at timestamptz, OUT tiers jsonb, OUT now timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
  v_booking bookings;
  v_showtime showtimes;
  v_fees int;
  v_used boolean;
  v_card int;
  v_voucher int;
BEGIN
  SELECT * INTO v_booking FROM bookings b WHERE b.id = p_booking;
  IF NOT FOUND THEN outcome := 'NOT_FOUND'; RETURN; END IF;
  SELECT * INTO v_showtime FROM showtimes s WHERE s.id = v_booking.showtime_id;
  now := clock_timestamp();
  film_starts_at := v_showtime.film_starts_at;
  tiers := known_tiers(v_booking.cancellation_tiers);
  SELECT coalesce(array_agg(t.seat::int ORDER BY t.seat), '{}'), coalesce(bool_or(t.status = 'USED'), false) INTO seats, v_used
    FROM tickets t WHERE t.booking_id = p_booking AND t.status <> 'CANCELLED' AND (p_seats IS NULL OR t.seat = ANY (p_seats));
  SELECT coalesce(sum(w.net_minor), 0), coalesce(sum(w.fee_minor), 0) INTO base_minor, v_fees
    FROM seat_worth(p_booking) w WHERE w.seat = ANY (seats);
  percent := CASE WHEN p_by = 'GUEST' THEN cancellation_percent(tiers, film_starts_at, now) ELSE 100 END;

  outcome := CASE
    WHEN v_booking.status <> 'CONFIRMED' THEN 'NOT_CONFIRMED'
    WHEN cardinality(seats) = 0 OR NOT coalesce(p_seats <@ seats, true) THEN 'NOT_ITS_SEATS'
    WHEN p_by = 'CINEMA' THEN 'OK'
    WHEN v_showtime.status = 'CANCELLED' THEN 'CINEMA_CANCELLED'
    WHEN now >= film_starts_at THEN 'STARTED'
    WHEN v_used THEN 'USED'
    ELSE 'OK' END;

  SELECT coalesce(sum(m.left_minor) FILTER (WHERE m.voucher_of IS NULL), 0), coalesce(sum(m.left_minor) FILTER (WHERE m.voucher_of IS NOT NULL), 0)
    INTO v_card, v_voucher FROM money_left(p_booking) m;
  refund_minor := least(v_card + v_voucher, CASE p_by
    WHEN 'GUEST' THEN div(base_minor::numeric * percent, 100)::int
    WHEN 'CINEMA' THEN base_minor + v_fees
    ELSE coalesce(p_refund, 0) END);
  -- In proportion to what paid for it, never more than either has left.
  to_voucher_minor := CASE WHEN v_voucher = 0 THEN 0 ELSE
    greatest(refund_minor - v_card, div(refund_minor::numeric * v_voucher, v_card + v_voucher)::int) END;
END $$;

-- Gives seats of a confirmed booking back, all named ones or none: tickets, claims, the refunds and their outbox rows in
-- one step. p_seats null: all that are left. p_user: whose booking it must be; null: anybody's. p_key: repeating the act
-- with its key answers what it answered. p_expected: refused when less would come back. p_refund: a move's only.
-- outcome: CANCELLED | REPLAY | KEY_REUSED | PRICE_CHANGED, or why not, as quote_cancellation says it
CREATE FUNCTION "cancel_seats"(p_booking uuid, p_user uuid, p_key text, p_by cancelled_by, p_actor uuid, p_seats int[],
  p_expected int, p_reason text, p_refund int DEFAULT NULL,
  OUT outcome text, OUT cancellation_id uuid, OUT cancelled int[], OUT refund_minor int, OUT to_voucher_minor int)
LANGUAGE plpgsql AS $$
DECLARE
  v_booking bookings;
  v_done cancellations;
  v_quote record;
  v_money record;
  v_refund uuid;
  v_amount int;
  v_card int;
  v_voucher int;
  v_left boolean;
BEGIN
  -- Who else wants to change this booking waits here: another tab, the cinema, late money.
  SELECT * INTO v_booking FROM bookings b WHERE b.id = p_booking AND (p_user IS NULL OR b.user_id = p_user) FOR UPDATE;
  IF NOT FOUND THEN outcome := 'NOT_FOUND'; RETURN; END IF;
  SELECT * INTO v_done FROM cancellations c WHERE c.booking_id = p_booking AND c.key = p_key;
  IF FOUND THEN
    v_left := EXISTS (SELECT FROM tickets t WHERE t.booking_id = p_booking AND t.status <> 'CANCELLED');
    outcome := CASE WHEN v_done."by" <> p_by THEN 'KEY_REUSED'
      WHEN p_seats IS NULL THEN CASE WHEN v_left THEN 'KEY_REUSED' ELSE 'REPLAY' END
      WHEN v_done.seats @> p_seats AND v_done.seats <@ p_seats THEN 'REPLAY' ELSE 'KEY_REUSED' END;
    cancellation_id := v_done.id; cancelled := v_done.seats;
    refund_minor := v_done.refund_minor; to_voucher_minor := v_done.to_voucher_minor;
    RETURN;
  END IF;
  SELECT * INTO v_quote FROM quote_cancellation(p_booking, p_seats, p_by, p_refund);
  refund_minor := v_quote.refund_minor; to_voucher_minor := v_quote.to_voucher_minor; cancelled := v_quote.seats;
  IF v_quote.outcome <> 'OK' THEN outcome := v_quote.outcome; RETURN; END IF;
  IF refund_minor < p_expected THEN outcome := 'PRICE_CHANGED'; RETURN; END IF;

  outcome := 'CANCELLED';
  cancellation_id := gen_random_uuid();
  -- Bookings, vouchers, claims: the order in which everybody locks.
  PERFORM FROM gift_vouchers g WHERE to_voucher_minor > 0 AND g.id IN (SELECT r.voucher_id
     FROM money_left(p_booking) m JOIN voucher_redemptions r ON r.booking_id = m.voucher_of) ORDER BY g.id FOR UPDATE;
  PERFORM FROM seat_claims c WHERE c.booking_id = p_booking AND c.seat = ANY (cancelled) ORDER BY c.seat FOR UPDATE;
  DELETE FROM seat_claims c WHERE c.booking_id = p_booking AND c.seat = ANY (cancelled);
  UPDATE tickets t SET status = 'CANCELLED' WHERE t.booking_id = p_booking AND t.seat = ANY (cancelled) AND t.status <> 'CANCELLED';
  INSERT INTO cancellations (id, booking_id, key, by, actor_id, seats, base_minor, percent, refund_minor, to_voucher_minor, reason)
  VALUES (cancellation_id, p_booking, p_key, p_by, p_actor, cancelled, v_quote.base_minor, v_quote.percent, refund_minor, to_voucher_minor, p_reason);
  UPDATE bookings b SET status = 'CANCELLED', cancelled_at = clock_timestamp()
   WHERE b.id = p_booking AND NOT EXISTS (SELECT FROM tickets t WHERE t.booking_id = p_booking AND t.status <> 'CANCELLED');
  v_left := NOT FOUND;
  -- The paper with seats on it that are no more.
  DELETE FROM ticket_documents d WHERE d.booking_id = p_booking;
  IF p_by = 'CINEMA' AND NOT v_left THEN
    UPDATE promo_redemptions p SET state = 'RELEASED' WHERE p.booking_id = p_booking;
  END IF;

  v_card := refund_minor - to_voucher_minor;
  v_voucher := to_voucher_minor;
  FOR v_money IN SELECT * FROM money_left(p_booking) LOOP
    v_amount := least(v_money.left_minor, CASE WHEN v_money.voucher_of IS NULL THEN v_card ELSE v_voucher END);
    CONTINUE WHEN v_amount = 0;
    IF v_money.voucher_of IS NOT NULL THEN
      v_voucher := v_voucher - v_amount;
      UPDATE voucher_redemptions r SET returned_minor = r.returned_minor + v_amount WHERE r.booking_id = v_money.voucher_of;
      -- Money given back to a voucher that has run out would be given to nobody.
      UPDATE gift_vouchers g SET balance_minor = g.balance_minor + v_amount, expires_at = greatest(g.expires_at, clock_timestamp() + interval '90 days')
        FROM voucher_redemptions r WHERE r.booking_id = v_money.voucher_of AND g.id = r.voucher_id;
    ELSE
      v_card := v_card - v_amount;
      v_refund := gen_random_uuid();
      -- No gateway ever had the demo's money: there is nobody to ask for it.
      INSERT INTO refunds (id, capture_id, amount_minor, reason, cancellation_id, state, processed_at)
      VALUES (v_refund, v_money.capture_id, v_amount, 'CANCELLED_' || p_by, cancellation_id,
              (CASE WHEN v_money.demo THEN 'PROCESSED' ELSE 'DUE' END)::refund_state, CASE WHEN v_money.demo THEN clock_timestamp() END);
      IF NOT v_money.demo THEN
        INSERT INTO outbox_events (key, topic, payload)
        VALUES ('payment.refund:' || v_refund, 'payment.refund', jsonb_build_object('refundId', v_refund));
      END IF;
    END IF;
  END LOOP;

  INSERT INTO outbox_events (key, topic, payload)
  VALUES ('seats.freed:' || cancellation_id, 'seats.freed', jsonb_build_object('cancellationId', cancellation_id));
  IF p_by <> 'MOVE' THEN
    INSERT INTO outbox_events (key, topic, payload)
    VALUES ('booking.cancelled:' || cancellation_id, 'booking.cancelled', jsonb_build_object('cancellationId', cancellation_id));
  END IF;
END $$;
