-- What Prisma's schema cannot say: the rules that hold whatever the code does, and the three hot paths.

CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE "showtimes" ADD CONSTRAINT "showtimes_in_order" CHECK ("starts_at" <= "film_starts_at" AND "film_starts_at" < "ends_at");
-- Two films never run on one screen at once.
ALTER TABLE "showtimes" ADD CONSTRAINT "showtimes_no_overlap"
  EXCLUDE USING gist ("screen_id" WITH =, tstzrange("starts_at", "ends_at") WITH &&) WHERE ("status" = 'SCHEDULED');
ALTER TABLE "showtimes" ADD CONSTRAINT "showtimes_max_seats" CHECK ("max_seats_per_booking" BETWEEN 1 AND 50);
ALTER TABLE "showtime_seats" ADD CONSTRAINT "showtime_seats_price" CHECK ("price_minor" >= 0);

-- Claims are updated in place for a seat's whole life: leave room on the page.
ALTER TABLE "seat_claims" SET (fillfactor = 80);
ALTER TABLE "seat_claims" ADD CONSTRAINT "seat_claims_sold_never_expires" CHECK (("state" = 'SOLD') = ("expires_at" IS NULL));
ALTER TABLE "seat_claims" ADD CONSTRAINT "seat_claims_paid_by_a_booking" CHECK ("state" = 'HELD' OR "booking_id" IS NOT NULL);
CREATE INDEX "seat_claims_expiring" ON "seat_claims" ("expires_at") WHERE "expires_at" IS NOT NULL;

ALTER TABLE "bookings" ADD CONSTRAINT "bookings_adds_up" CHECK ("total_minor" = "base_minor" + "convenience_fee_minor" + "tax_minor"
  AND "base_minor" >= 0 AND "convenience_fee_minor" >= 0 AND "tax_minor" >= 0);
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_confirmed_at" CHECK ("status" <> 'CONFIRMED' OR "confirmed_at" IS NOT NULL);
-- A hold has one draft, however many tabs and clicks ask for it.
CREATE UNIQUE INDEX "bookings_one_draft_per_hold" ON "bookings" ("showtime_id", "holder") WHERE "status" = 'PENDING';
CREATE INDEX "bookings_pending" ON "bookings" ("pay_by") WHERE "status" = 'PENDING';

-- The second guarantee, under the primary key of seat_claims: no seat has two live tickets.
CREATE UNIQUE INDEX "tickets_one_per_seat" ON "tickets" ("showtime_id", "seat") WHERE "status" <> 'CANCELLED';
-- A payment books at most once.
CREATE UNIQUE INDEX "payment_captures_one_booking" ON "payment_captures" ("payment_id") WHERE "outcome" = 'BOOKED';
CREATE INDEX "outbox_events_unpublished" ON "outbox_events" ("id") WHERE "published_at" IS NULL;

-- Claims seats for a holder until p_until: all of them or none.
-- Returns the seats that are somebody else's, sold or off sale. An empty array means claimed.
-- Free means: no row, or a HELD or PAYING row past its end. Only the database's clock counts.
CREATE FUNCTION "claim_seats"(p_showtime uuid, p_seats int[], p_holder text, p_booking uuid, p_until timestamptz, p_state seat_claim_state)
RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
  v_claimed int[];
  v_refused int[];
BEGIN
  WITH claimed AS (
    INSERT INTO seat_claims AS c (showtime_id, seat, state, holder, booking_id, expires_at)
    SELECT p_showtime, i.seat, p_state, p_holder, p_booking, p_until
      FROM showtime_seats i
     WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats) AND NOT i.blocked
     ORDER BY i.seat -- one order for everybody: two overlapping groups cannot deadlock
    ON CONFLICT (showtime_id, seat) DO UPDATE
       SET state = excluded.state, holder = excluded.holder, booking_id = excluded.booking_id, expires_at = excluded.expires_at
     WHERE c.state <> 'SOLD' AND (c.holder = excluded.holder OR c.expires_at < clock_timestamp())
    RETURNING c.seat
  )
  SELECT coalesce(array_agg(seat), '{}') INTO v_claimed FROM claimed;
  SELECT coalesce(array_agg(s ORDER BY s), '{}') INTO v_refused FROM unnest(p_seats) s WHERE s <> ALL (v_claimed);
  IF cardinality(v_refused) > 0 THEN
    RAISE EXCEPTION 'seats taken' USING ERRCODE = 'MQ001'; -- gives back the ones just claimed
  END IF;
  RETURN v_refused;
EXCEPTION WHEN SQLSTATE 'MQ001' THEN
  RETURN v_refused;
END $$;

-- Opens a booking draft with its payment: claims, price check, booking, payment and outbox row in one statement.
-- outcome: CREATED | EXISTING (this hold's draft, again) | REPLAY (this key's booking, again)
--          | TAKEN (refused names the seats) | PRICE_CHANGED | KEY_REUSED
CREATE FUNCTION "start_checkout"(
  p_user uuid, p_key text, p_request_hash text, p_booking uuid, p_code text, p_payment uuid, p_gateway text,
  p_showtime uuid, p_holder text, p_seats int[], p_base int, p_fee int, p_tax int, p_currency text, p_email text, p_pay_by timestamptz,
  OUT outcome text, OUT booking_id uuid, OUT refused int[])
LANGUAGE plpgsql AS $$
DECLARE
  v_key idempotency_keys;
  v_draft bookings;
  v_base bigint;
  v_same boolean;
BEGIN
  INSERT INTO idempotency_keys (user_id, key, request_hash, booking_id) VALUES (p_user, p_key, p_request_hash, p_booking)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO v_key FROM idempotency_keys k WHERE k.user_id = p_user AND k.key = p_key;
    outcome := CASE WHEN v_key.request_hash = p_request_hash THEN 'REPLAY' ELSE 'KEY_REUSED' END;
    booking_id := v_key.booking_id;
    RETURN;
  END IF;

  -- Two tabs of one hold wait for each other here.
  PERFORM pg_advisory_xact_lock(hashtextextended(p_showtime::text || p_holder, 0));
  SELECT * INTO v_draft FROM bookings b WHERE b.showtime_id = p_showtime AND b.holder = p_holder AND b.status = 'PENDING' FOR UPDATE;
  IF FOUND AND v_draft.pay_by > clock_timestamp() AND v_draft.user_id = p_user THEN
    SELECT coalesce(array_agg(s.seat::int ORDER BY s.seat), '{}') = (SELECT array_agg(x ORDER BY x) FROM unnest(p_seats) x)
      INTO v_same FROM booking_seats s WHERE s.booking_id = v_draft.id;
    IF v_same THEN
      UPDATE idempotency_keys k SET booking_id = v_draft.id WHERE k.user_id = p_user AND k.key = p_key;
      outcome := 'EXISTING'; booking_id := v_draft.id;
      RETURN;
    END IF;
  END IF;

  SELECT sum(i.price_minor) INTO v_base FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats);
  IF v_base IS DISTINCT FROM p_base THEN
    DELETE FROM idempotency_keys k WHERE k.user_id = p_user AND k.key = p_key;
    outcome := 'PRICE_CHANGED';
    RETURN;
  END IF;

  refused := claim_seats(p_showtime, p_seats, p_holder, p_booking, p_pay_by, 'PAYING');
  IF cardinality(refused) > 0 THEN
    DELETE FROM idempotency_keys k WHERE k.user_id = p_user AND k.key = p_key;
    outcome := 'TAKEN';
    RETURN;
  END IF;

  IF v_draft.id IS NOT NULL THEN -- the hold changed its mind: the older draft ends, and lets go of what the newer one does not want
    UPDATE bookings b SET status = 'EXPIRED' WHERE b.id = v_draft.id;
    DELETE FROM seat_claims c WHERE c.booking_id = v_draft.id AND c.state <> 'SOLD';
  END IF;
  INSERT INTO bookings (id, code, user_id, showtime_id, holder, base_minor, convenience_fee_minor, tax_minor, total_minor, currency, email, pay_by)
  VALUES (p_booking, p_code, p_user, p_showtime, p_holder, p_base, p_fee, p_tax, p_base + p_fee + p_tax, p_currency, p_email, p_pay_by);
  INSERT INTO booking_seats (booking_id, seat, label, section, price_minor)
  SELECT p_booking, i.seat, i.label, i.section, i.price_minor FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats);
  INSERT INTO payments (id, booking_id, gateway, amount_minor, currency) VALUES (p_payment, p_booking, p_gateway, p_base + p_fee + p_tax, p_currency);
  INSERT INTO outbox_events (key, topic, payload)
  VALUES ('payment.create-order:' || p_payment, 'payment.create-order', jsonb_build_object('paymentId', p_payment));
  outcome := 'CREATED'; booking_id := p_booking;
END $$;

-- Records one capture and decides what it buys. Safe to call any number of times, by the browser's return,
-- the webhook and the reconciler, in any order: the same money always gets the same answer.
-- outcome: BOOKED | REFUND_DUE | REFUNDED | UNKNOWN (no such payment)
CREATE FUNCTION "settle_payment"(p_payment uuid, p_gateway_payment text, p_amount int, p_currency text, p_learnt_from text,
  OUT outcome text, OUT refund_reason text)
LANGUAGE plpgsql AS $$
DECLARE
  v_payment payments;
  v_booking bookings;
  v_seats int[];
  v_capture uuid := gen_random_uuid();
  v_refund uuid := gen_random_uuid();
BEGIN
  SELECT * INTO v_payment FROM payments p WHERE p.id = p_payment FOR UPDATE;
  IF NOT FOUND THEN outcome := 'UNKNOWN'; RETURN; END IF;
  SELECT c.outcome::text INTO outcome FROM payment_captures c WHERE c.gateway_payment_id = p_gateway_payment;
  IF FOUND THEN RETURN; END IF;

  SELECT * INTO v_booking FROM bookings b WHERE b.id = v_payment.booking_id FOR UPDATE;
  refund_reason := CASE
    WHEN v_payment.state = 'CONFIRMED' OR v_booking.status = 'CONFIRMED' THEN 'PAID_TWICE'
    WHEN v_payment.state IN ('REFUND_DUE', 'REFUNDED') OR v_booking.status = 'CANCELLED' THEN 'PAID_AFTER_END'
    WHEN p_amount <> v_payment.amount_minor OR p_currency <> v_payment.currency THEN 'WRONG_AMOUNT'
    WHEN NOT EXISTS (SELECT FROM showtimes s WHERE s.id = v_booking.showtime_id AND s.status = 'SCHEDULED' AND s.film_starts_at > clock_timestamp())
      THEN 'SHOWTIME_OVER'
  END;
  IF refund_reason IS NULL THEN
    SELECT array_agg(s.seat::int ORDER BY s.seat) INTO v_seats FROM booking_seats s WHERE s.booking_id = v_booking.id;
    -- Still ours, or lapsed and still free: the same seats, late or not.
    IF cardinality(claim_seats(v_booking.showtime_id, v_seats, v_booking.holder, v_booking.id, clock_timestamp() + interval '1 second', 'PAYING')) > 0 THEN
      refund_reason := 'SEATS_GONE';
    END IF;
  END IF;

  IF refund_reason IS NULL THEN
    UPDATE seat_claims c SET state = 'SOLD', expires_at = NULL WHERE c.showtime_id = v_booking.showtime_id AND c.seat = ANY (v_seats);
    INSERT INTO tickets (id, booking_id, showtime_id, seat, label)
    SELECT gen_random_uuid(), s.booking_id, v_booking.showtime_id, s.seat, s.label FROM booking_seats s WHERE s.booking_id = v_booking.id;
    UPDATE bookings b SET status = 'CONFIRMED', confirmed_at = clock_timestamp() WHERE b.id = v_booking.id;
    UPDATE payments p SET state = 'CONFIRMED', updated_at = clock_timestamp() WHERE p.id = p_payment;
    INSERT INTO payment_captures (id, payment_id, gateway_payment_id, amount_minor, currency, outcome, learnt_from)
    VALUES (v_capture, p_payment, p_gateway_payment, p_amount, p_currency, 'BOOKED', p_learnt_from);
    INSERT INTO outbox_events (key, topic, payload)
    VALUES ('booking.confirmed:' || v_booking.id, 'booking.confirmed', jsonb_build_object('bookingId', v_booking.id));
    outcome := 'BOOKED';
    RETURN;
  END IF;

  IF v_payment.state IN ('CREATED', 'FAILED') THEN
    UPDATE payments p SET state = 'REFUND_DUE', updated_at = clock_timestamp() WHERE p.id = p_payment;
  END IF;
  IF v_booking.status = 'PENDING' THEN
    UPDATE bookings b SET status = 'EXPIRED' WHERE b.id = v_booking.id;
    DELETE FROM seat_claims c WHERE c.booking_id = v_booking.id AND c.state <> 'SOLD';
  END IF;
  INSERT INTO payment_captures (id, payment_id, gateway_payment_id, amount_minor, currency, outcome, learnt_from)
  VALUES (v_capture, p_payment, p_gateway_payment, p_amount, p_currency, 'REFUND_DUE', p_learnt_from);
  INSERT INTO refunds (id, capture_id, amount_minor, reason) VALUES (v_refund, v_capture, p_amount, refund_reason);
  INSERT INTO outbox_events (key, topic, payload)
  VALUES ('payment.refund:' || v_refund, 'payment.refund', jsonb_build_object('refundId', v_refund));
  outcome := 'REFUND_DUE';
END $$;

-- The hall as one character a seat, in seat order: 0 free, 1 held or being paid for, 2 sold, 3 off sale.
CREATE FUNCTION "seat_map"(p_showtime uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT string_agg(CASE
      WHEN i.blocked THEN '3'
      WHEN c.state = 'SOLD' THEN '2'
      WHEN c.expires_at >= clock_timestamp() THEN '1'
      ELSE '0' END, '' ORDER BY i.seat)
    FROM showtime_seats i LEFT JOIN seat_claims c USING (showtime_id, seat)
   WHERE i.showtime_id = p_showtime
$$;
