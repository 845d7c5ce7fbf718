-- Gateways neither take nor send less than one rupee. What is less than that is not left to them: an order of it could not
-- be paid, and a refund of it would be asked for for ever.
CREATE FUNCTION "least_charge"() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 100 $$;

-- Money of the demonstration was never at a gateway: none is asked about it.
UPDATE "payments" p SET "gateway" = 'demo' FROM "payment_captures" c WHERE c."payment_id" = p."id" AND c."learnt_from" = 'demo' AND p."gateway" = 'dev';

-- An empty policy gives nothing back, and says so. Who was sold seats before policies were written down gets the one that
-- everybody had written to their booking, instead of having emptiness read as it.
UPDATE "bookings" SET "cancellation_tiers" = '[{"minutesBefore": 120, "percent": 75}, {"minutesBefore": 20, "percent": 50}]' WHERE "cancellation_tiers" = '[]';
UPDATE "theatres" SET "cancellation_tiers" = '[]' WHERE "cancellation_tiers" = '[{"percent": 0, "minutesBefore": 0}]';

CREATE OR REPLACE FUNCTION "cancellation_percent"(p_tiers jsonb, p_film timestamptz, p_at timestamptz) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(max((t ->> 'percent')::int), 0) FROM jsonb_array_elements(p_tiers) t
   WHERE p_at < p_film AND p_film - p_at >= (t ->> 'minutesBefore')::int * interval '1 minute'
$$;

-- As before; where nothing comes back, nothing is what there is to cap.
CREATE OR REPLACE FUNCTION "moved_tiers"(p_from uuid, p_tiers jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('minutesBefore', (t ->> 'minutesBefore')::int, 'percent', least((t ->> 'percent')::int, most.percent))
                   ORDER BY (t ->> 'minutesBefore')::int DESC), '[]')
    FROM (SELECT cancellation_percent(b.cancellation_tiers, s.film_starts_at, clock_timestamp()) AS percent
            FROM bookings b JOIN showtimes s ON s.id = b.showtime_id WHERE b.id = p_from) most, jsonb_array_elements(p_tiers) t
$$;

-- As before, in sums that can be sent.
CREATE OR REPLACE FUNCTION "quote_cancellation"(p_booking uuid, p_seats int[], p_by cancelled_by, p_refund int DEFAULT NULL,
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
  v_to_card int;
BEGIN
  SELECT * INTO v_booking FROM bookings b WHERE b.id = p_booking;
  IF NOT FOUND THEN outcome := 'NOT_FOUND'; RETURN; END IF;
  SELECT * INTO v_showtime FROM showtimes s WHERE s.id = v_booking.showtime_id;
  now := clock_timestamp();
  film_starts_at := v_showtime.film_starts_at;
  tiers := v_booking.cancellation_tiers;
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

  -- What is left of a capture below the least sum stays where it is: no gateway sends it.
  SELECT coalesce(sum(m.left_minor) FILTER (WHERE m.voucher_of IS NULL AND m.left_minor >= least_charge()), 0),
         coalesce(sum(m.left_minor) FILTER (WHERE m.voucher_of IS NOT NULL), 0)
    INTO v_card, v_voucher FROM money_left(p_booking) m;
  refund_minor := least(v_card + v_voucher, CASE p_by
    WHEN 'GUEST' THEN div(base_minor::numeric * percent, 100)::int
    WHEN 'CINEMA' THEN base_minor + v_fees
    ELSE coalesce(p_refund, 0) END);
  -- In proportion to what paid for it, never more than either has left.
  to_voucher_minor := CASE WHEN v_voucher = 0 THEN 0 ELSE
    greatest(refund_minor - v_card, div(refund_minor::numeric * v_voucher, v_card + v_voucher)::int) END;
  v_to_card := refund_minor - to_voucher_minor;
  -- Nothing is left on the card that could not be sent later, and nothing goes there that cannot be sent now.
  IF v_voucher > 0 AND v_card - v_to_card BETWEEN 1 AND least_charge() - 1 THEN v_to_card := least(v_card, refund_minor); END IF;
  IF v_to_card BETWEEN 1 AND least_charge() - 1 THEN
    v_to_card := CASE WHEN least(refund_minor, v_card) >= least_charge() THEN least_charge() ELSE 0 END;
    refund_minor := least(refund_minor, v_to_card + v_voucher);
  END IF;
  to_voucher_minor := refund_minor - v_to_card;
END $$;

-- As before.
CREATE OR REPLACE FUNCTION "cancel_seats"(p_booking uuid, p_user uuid, p_key text, p_by cancelled_by, p_actor uuid, p_seats int[],
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
  -- No part is too small to be sent: where two could not be made of it, it is from one capture that has enough.
  FOR v_money IN SELECT * FROM money_left(p_booking) WITH ORDINALITY AS m(capture_id, voucher_of, left_minor, demo, n)
     WHERE m.voucher_of IS NOT NULL OR m.left_minor >= least_charge() ORDER BY v_card < 2 * least_charge() AND m.left_minor >= v_card DESC, m.n LOOP
    v_amount := least(v_money.left_minor, CASE WHEN v_money.voucher_of IS NULL THEN v_card ELSE v_voucher END);
    CONTINUE WHEN v_amount = 0;
    IF v_money.voucher_of IS NULL AND v_card - v_amount BETWEEN 1 AND least_charge() - 1 THEN
      v_amount := v_card - least_charge();
    END IF;
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

DROP FUNCTION "known_tiers"(jsonb);

-- Asked every minute, among showtimes of years.
CREATE INDEX "showtimes_cancelled" ON "showtimes" ("cancelled_at") WHERE "status" = 'CANCELLED';
