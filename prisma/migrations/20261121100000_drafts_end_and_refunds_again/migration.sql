-- AlterTable
ALTER TABLE "bookings" ADD COLUMN "kept_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "refunds" ADD COLUMN "attempt" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "checked_at" TIMESTAMPTZ(3);

-- A hold's drafts, the older ones too. It serves what asked by showtime alone as well.
DROP INDEX "bookings_showtime_id_idx";
CREATE INDEX "bookings_showtime_id_holder_idx" ON "bookings" ("showtime_id", "holder");
CREATE INDEX "bookings_drafts_of_user" ON "bookings" ("user_id") WHERE "status" = 'PENDING';
-- The sweep for tickets that were not sent looks at the newest sales every minute.
CREATE INDEX "bookings_confirmed" ON "bookings" ("confirmed_at") WHERE "status" = 'CONFIRMED';

-- As before, but a seat that a holder is paying for belongs to that one draft: late money of an older draft does not
-- take it. And a seat that changes hands begins its time anew.
CREATE OR REPLACE FUNCTION "claim_seats"(p_showtime uuid, p_seats int[], p_holder text, p_booking uuid, p_until timestamptz, p_state seat_claim_state)
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
       SET state = excluded.state, holder = excluded.holder, booking_id = excluded.booking_id, expires_at = excluded.expires_at,
           held_since = CASE WHEN c.holder = excluded.holder AND c.expires_at >= clock_timestamp() THEN c.held_since ELSE excluded.held_since END
     WHERE c.state <> 'SOLD' AND (c.expires_at < clock_timestamp()
           OR (c.holder = excluded.holder AND (c.state = 'HELD' OR c.booking_id = excluded.booking_id)))
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

-- Ends an unpaid draft and lets go of its seats, in seat order like everybody who locks several. pay_by becomes when it
-- ended. Does nothing to a booking that is over already. The caller has locked its row.
CREATE FUNCTION "end_draft"(p_booking uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE bookings b SET status = 'EXPIRED', pay_by = least(b.pay_by, clock_timestamp()) WHERE b.id = p_booking AND b.status = 'PENDING';
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM FROM seat_claims c WHERE c.booking_id = p_booking AND c.state <> 'SOLD' ORDER BY c.seat FOR UPDATE;
  DELETE FROM seat_claims c WHERE c.booking_id = p_booking AND c.state <> 'SOLD';
END $$;

-- Gives up a user's own draft. False: no such booking of this user.
CREATE FUNCTION "abandon_checkout"(p_booking uuid, p_user uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM bookings b WHERE b.id = p_booking AND b.user_id = p_user FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM end_draft(p_booking);
  RETURN true;
END $$;

-- Lets go of seats of one hold: the named ones, or all. A draft that wants one of them ends with it, or the seat would be
-- free on the screens and taken at the till; what the draft wanted besides stays held. Returns the seats let go of.
CREATE FUNCTION "release_seats"(p_showtime uuid, p_holder text, p_seats int[]) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
  v_draft uuid;
  v_freed int[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_showtime::text || p_holder, 0));
  SELECT b.id INTO v_draft FROM bookings b WHERE b.showtime_id = p_showtime AND b.holder = p_holder AND b.status = 'PENDING'
     AND (p_seats IS NULL OR EXISTS (SELECT FROM booking_seats s WHERE s.booking_id = b.id AND s.seat = ANY (p_seats)))
     FOR UPDATE;
  PERFORM FROM seat_claims c WHERE c.showtime_id = p_showtime AND c.holder = p_holder AND c.state <> 'SOLD' ORDER BY c.seat FOR UPDATE;
  WITH freed AS (
    DELETE FROM seat_claims c WHERE c.showtime_id = p_showtime AND c.holder = p_holder
       AND (c.state = 'HELD' OR (c.state = 'PAYING' AND c.booking_id = v_draft)) AND (p_seats IS NULL OR c.seat = ANY (p_seats))
    RETURNING c.seat
  )
  SELECT coalesce(array_agg(seat::int ORDER BY seat), '{}') INTO v_freed FROM freed;
  IF v_draft IS NOT NULL THEN
    UPDATE seat_claims c SET state = 'HELD', booking_id = NULL WHERE c.booking_id = v_draft AND c.state = 'PAYING';
    PERFORM end_draft(v_draft);
  END IF;
  RETURN v_freed;
END $$;

-- Opens a booking draft with its payment: claims, price check, booking, payment and outbox row in one statement.
-- p_since: when the hold began. p_keep_ms: how long one guest may keep a seat, over all the drafts for it that follow
-- each other within a minute; null: no limit.
-- outcome: CREATED | EXISTING (this hold's draft at this price, again) | REPLAY (this key's booking, again)
--          | TAKEN (refused names the seats) | PRICE_CHANGED | KEY_REUSED | TOO_MANY_DRAFTS | KEPT_TOO_LONG
DROP FUNCTION "start_checkout"(uuid, text, text, uuid, text, uuid, text, uuid, text, int[], int, int, int, text, text, timestamptz);
CREATE FUNCTION "start_checkout"(
  p_user uuid, p_key text, p_request_hash text, p_booking uuid, p_code text, p_payment uuid, p_gateway text,
  p_showtime uuid, p_holder text, p_seats int[], p_base int, p_fee int, p_tax int, p_currency text, p_email text, p_pay_by timestamptz,
  p_since timestamptz DEFAULT NULL, p_keep_ms int DEFAULT NULL,
  OUT outcome text, OUT booking_id uuid, OUT refused int[])
LANGUAGE plpgsql AS $$
DECLARE
  v_key idempotency_keys;
  v_draft bookings;
  v_base bigint;
  v_same boolean;
  v_now timestamptz;
  v_since timestamptz;
  v_kept timestamptz;
  v_pay_by timestamptz := p_pay_by;
BEGIN
  INSERT INTO idempotency_keys (user_id, key, request_hash, booking_id) VALUES (p_user, p_key, p_request_hash, p_booking)
  ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO v_key FROM idempotency_keys k WHERE k.user_id = p_user AND k.key = p_key;
    outcome := CASE WHEN v_key.request_hash = p_request_hash THEN 'REPLAY' ELSE 'KEY_REUSED' END;
    booking_id := v_key.booking_id;
    RETURN;
  END IF;

  -- A user's drafts are counted one after the other, and two tabs of one hold wait for each other.
  PERFORM pg_advisory_xact_lock(hashtextextended(p_user::text, 1));
  PERFORM pg_advisory_xact_lock(hashtextextended(p_showtime::text || p_holder, 0));
  v_now := clock_timestamp();
  SELECT * INTO v_draft FROM bookings b WHERE b.showtime_id = p_showtime AND b.holder = p_holder AND b.status = 'PENDING' FOR UPDATE;
  IF FOUND AND v_draft.pay_by > v_now AND v_draft.user_id = p_user
     AND v_draft.base_minor = p_base AND v_draft.convenience_fee_minor = p_fee AND v_draft.tax_minor = p_tax THEN
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
    outcome := 'PRICE_CHANGED';
  ELSIF (SELECT count(*) FROM bookings b WHERE b.user_id = p_user AND b.status = 'PENDING' AND b.pay_by > v_now
            AND b.id IS DISTINCT FROM v_draft.id) >= 3 THEN
    outcome := 'TOO_MANY_DRAFTS';
  ELSE
    v_since := least(v_now, coalesce(p_since, (SELECT min(c.held_since) FROM seat_claims c
      WHERE c.showtime_id = p_showtime AND c.holder = p_holder AND c.state <> 'SOLD' AND c.expires_at >= v_now)));
    SELECT least(min(b.kept_since), v_since) INTO v_kept FROM bookings b
     WHERE b.showtime_id = p_showtime AND (b.holder = p_holder OR b.user_id = p_user) AND b.status IN ('PENDING', 'EXPIRED')
       AND b.pay_by > v_since - interval '1 minute'
       AND EXISTS (SELECT FROM booking_seats s WHERE s.booking_id = b.id AND s.seat = ANY (p_seats));
    v_pay_by := least(p_pay_by, v_kept + p_keep_ms * interval '1 ms');
    IF v_pay_by <= v_now AND p_pay_by > v_now THEN outcome := 'KEPT_TOO_LONG'; END IF;
  END IF;
  IF outcome IS NULL THEN
    -- The hold changed its mind: what the older draft claims passes to the newer one, which keeps what it wants of it.
    IF v_draft.id IS NOT NULL THEN
      PERFORM FROM seat_claims c WHERE c.showtime_id = p_showtime AND (c.booking_id = v_draft.id OR c.seat = ANY (p_seats)) ORDER BY c.seat FOR UPDATE;
      UPDATE seat_claims c SET booking_id = p_booking WHERE c.booking_id = v_draft.id AND c.state = 'PAYING';
    END IF;
    refused := claim_seats(p_showtime, p_seats, p_holder, p_booking, v_pay_by, 'PAYING');
    IF cardinality(refused) > 0 THEN
      UPDATE seat_claims c SET booking_id = v_draft.id WHERE c.booking_id = p_booking;
      outcome := 'TAKEN';
    END IF;
  END IF;
  IF outcome IS NOT NULL THEN
    DELETE FROM idempotency_keys k WHERE k.user_id = p_user AND k.key = p_key;
    RETURN;
  END IF;

  IF v_draft.id IS NOT NULL THEN
    DELETE FROM seat_claims c WHERE c.booking_id = p_booking AND c.seat <> ALL (p_seats);
    PERFORM end_draft(v_draft.id);
  END IF;
  -- The cap of a hold goes on counting from its first seat, also after a cold Redis was filled from here.
  UPDATE seat_claims c SET held_since = v_since
   WHERE c.showtime_id = p_showtime AND c.seat = ANY (p_seats) AND c.held_since > v_since + interval '1 second';
  INSERT INTO bookings (id, code, user_id, showtime_id, holder, base_minor, convenience_fee_minor, tax_minor, total_minor, currency, email, pay_by, kept_since)
  VALUES (p_booking, p_code, p_user, p_showtime, p_holder, p_base, p_fee, p_tax, p_base + p_fee + p_tax, p_currency, p_email, v_pay_by, v_kept);
  INSERT INTO booking_seats (booking_id, seat, label, section, price_minor)
  SELECT p_booking, i.seat, i.label, i.section, i.price_minor FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats);
  INSERT INTO payments (id, booking_id, gateway, amount_minor, currency) VALUES (p_payment, p_booking, p_gateway, p_base + p_fee + p_tax, p_currency);
  INSERT INTO outbox_events (key, topic, payload)
  VALUES ('payment.create-order:' || p_payment, 'payment.create-order', jsonb_build_object('paymentId', p_payment));
  outcome := 'CREATED'; booking_id := p_booking;
END $$;

-- As before; the draft that money came too late for ends like every draft.
CREATE OR REPLACE FUNCTION "settle_payment"(p_payment uuid, p_gateway_payment text, p_amount int, p_currency text, p_learnt_from text,
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
  PERFORM end_draft(v_booking.id);
  INSERT INTO payment_captures (id, payment_id, gateway_payment_id, amount_minor, currency, outcome, learnt_from)
  VALUES (v_capture, p_payment, p_gateway_payment, p_amount, p_currency, 'REFUND_DUE', p_learnt_from);
  INSERT INTO refunds (id, capture_id, amount_minor, reason) VALUES (v_refund, v_capture, p_amount, refund_reason);
  INSERT INTO outbox_events (key, topic, payload)
  VALUES ('payment.refund:' || v_refund, 'payment.refund', jsonb_build_object('refundId', v_refund));
  outcome := 'REFUND_DUE';
END $$;
