-- Live uses of a promo code are counted under its lock, so the count must be quick.
CREATE INDEX "promo_redemptions_live" ON "promo_redemptions" ("promo_id") WHERE "state" <> 'RELEASED';

-- Locks go in one order everywhere: bookings, promo code, vouchers by id, claims by seat.

-- Asked by settle_payment when the booking takes the place of another (moved_from_id) and its seats are claimed, before
-- anything else of it is written. Null: the old booking has made way. Otherwise: why the money goes back (refunds.reason);
-- then nothing may have been changed.
CREATE FUNCTION "complete_move"(p_booking uuid) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  RETURN NULL;
END $$;

-- May this user have this code and so much of this voucher now? Locks both until the end of the transaction and changes
-- nothing. p_instead: a draft that ends in the same transaction; what it has reserved counts as given back.
-- Null: yes. PROMO_UNKNOWN | PROMO_NOT_YET | PROMO_OVER | PROMO_USED_UP | PROMO_USED_BY_YOU | VOUCHER_UNKNOWN | VOUCHER_OVER | VOUCHER_BALANCE
CREATE FUNCTION "admit_offers"(p_user uuid, p_promo uuid, p_voucher uuid, p_voucher_minor int, p_instead uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_promo promo_codes;
  v_voucher gift_vouchers;
  v_back int;
BEGIN
  IF p_promo IS NOT NULL THEN
    SELECT * INTO v_promo FROM promo_codes p WHERE p.id = p_promo;
    -- A code for everybody without end need not let its buyers through one by one.
    IF v_promo.max_uses IS NOT NULL OR v_promo.max_uses_per_user IS NOT NULL THEN
      SELECT * INTO v_promo FROM promo_codes p WHERE p.id = p_promo FOR UPDATE;
    END IF;
    IF v_promo.active IS DISTINCT FROM true THEN RETURN 'PROMO_UNKNOWN'; END IF;
    IF v_promo.starts_at > clock_timestamp() THEN RETURN 'PROMO_NOT_YET'; END IF;
    IF v_promo.ends_at <= clock_timestamp() THEN RETURN 'PROMO_OVER'; END IF;
    IF v_promo.max_uses_per_user <= (SELECT count(*) FROM promo_redemptions r WHERE r.promo_id = p_promo AND r.user_id = p_user
         AND r.state <> 'RELEASED' AND r.booking_id IS DISTINCT FROM p_instead) THEN RETURN 'PROMO_USED_BY_YOU'; END IF;
    IF v_promo.max_uses <= (SELECT count(*) FROM promo_redemptions r WHERE r.promo_id = p_promo
         AND r.state <> 'RELEASED' AND r.booking_id IS DISTINCT FROM p_instead) THEN RETURN 'PROMO_USED_UP'; END IF;
  END IF;
  PERFORM FROM gift_vouchers v
    WHERE v.id = p_voucher OR v.id = (SELECT r.voucher_id FROM voucher_redemptions r WHERE r.booking_id = p_instead AND r.state = 'RESERVED')
    ORDER BY v.id FOR UPDATE;
  IF p_voucher IS NOT NULL THEN
    SELECT * INTO v_voucher FROM gift_vouchers v WHERE v.id = p_voucher;
    IF NOT FOUND THEN RETURN 'VOUCHER_UNKNOWN'; END IF;
    IF v_voucher.expires_at <= clock_timestamp() THEN RETURN 'VOUCHER_OVER'; END IF;
    SELECT coalesce(sum(r.amount_minor), 0) INTO v_back FROM voucher_redemptions r
     WHERE r.booking_id = p_instead AND r.voucher_id = p_voucher AND r.state = 'RESERVED';
    IF v_voucher.balance_minor + v_back < p_voucher_minor THEN RETURN 'VOUCHER_BALANCE'; END IF;
  END IF;
  RETURN NULL;
END $$;

-- Takes a use of the code and money of the voucher for a new draft. Ask admit_offers first, in the same transaction.
CREATE FUNCTION "reserve_offers"(p_booking uuid, p_user uuid, p_promo uuid, p_discount int, p_voucher uuid, p_voucher_minor int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF p_promo IS NOT NULL THEN
    INSERT INTO promo_redemptions (booking_id, promo_id, user_id, discount_minor) VALUES (p_booking, p_promo, p_user, p_discount);
  END IF;
  IF p_voucher IS NOT NULL AND p_voucher_minor > 0 THEN
    UPDATE gift_vouchers v SET balance_minor = v.balance_minor - p_voucher_minor WHERE v.id = p_voucher AND v.balance_minor >= p_voucher_minor;
    IF NOT FOUND THEN RAISE EXCEPTION 'voucher without that balance' USING ERRCODE = 'MQ004'; END IF;
    INSERT INTO voucher_redemptions (booking_id, voucher_id, amount_minor) VALUES (p_booking, p_voucher, p_voucher_minor);
  END IF;
END $$;

-- What the drafts had reserved goes back. What is redeemed stays. Any number of times.
CREATE FUNCTION "release_offers"(p_bookings uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE promo_redemptions r SET state = 'RELEASED' WHERE r.booking_id = ANY (p_bookings) AND r.state = 'RESERVED';
  IF NOT EXISTS (SELECT FROM voucher_redemptions r WHERE r.booking_id = ANY (p_bookings) AND r.state = 'RESERVED') THEN RETURN; END IF;
  PERFORM FROM gift_vouchers v WHERE v.id IN (SELECT r.voucher_id FROM voucher_redemptions r WHERE r.booking_id = ANY (p_bookings))
    ORDER BY v.id FOR UPDATE;
  WITH released AS (
    UPDATE voucher_redemptions r SET state = 'RELEASED' WHERE r.booking_id = ANY (p_bookings) AND r.state = 'RESERVED'
    RETURNING r.voucher_id, r.amount_minor
  ), back AS (
    SELECT voucher_id, sum(amount_minor) AS minor FROM released GROUP BY voucher_id
  )
  UPDATE gift_vouchers v SET balance_minor = v.balance_minor + back.minor FROM back WHERE v.id = back.voucher_id;
END $$;
CREATE FUNCTION "release_offers"(p_booking uuid) RETURNS void LANGUAGE sql AS $$ SELECT release_offers(ARRAY[p_booking]) $$;

-- Late money for a draft whose offers went back: they are taken again. A code is honoured even if it is used up by now:
-- the guest paid the price that was shown. A voucher's money can only be spent once: false when it is gone.
CREATE FUNCTION "reserve_offers_again"(p_booking uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_voucher voucher_redemptions;
BEGIN
  SELECT * INTO v_voucher FROM voucher_redemptions r WHERE r.booking_id = p_booking AND r.state = 'RELEASED';
  IF FOUND THEN
    UPDATE gift_vouchers v SET balance_minor = v.balance_minor - v_voucher.amount_minor
     WHERE v.id = v_voucher.voucher_id AND v.balance_minor >= v_voucher.amount_minor;
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE voucher_redemptions r SET state = 'RESERVED' WHERE r.booking_id = p_booking;
  END IF;
  UPDATE promo_redemptions r SET state = 'RESERVED' WHERE r.booking_id = p_booking AND r.state = 'RELEASED';
  RETURN true;
END $$;

CREATE FUNCTION "redeem_offers"(p_booking uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE promo_redemptions r SET state = 'REDEEMED' WHERE r.booking_id = p_booking AND r.state = 'RESERVED';
  UPDATE voucher_redemptions r SET state = 'REDEEMED' WHERE r.booking_id = p_booking AND r.state = 'RESERVED';
END $$;

-- As before; what the draft had reserved of codes and vouchers goes back with it.
CREATE OR REPLACE FUNCTION "end_draft"(p_booking uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE bookings b SET status = 'EXPIRED', pay_by = least(b.pay_by, clock_timestamp()) WHERE b.id = p_booking AND b.status = 'PENDING';
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM release_offers(p_booking);
  PERFORM FROM seat_claims c WHERE c.booking_id = p_booking AND c.state <> 'SOLD' ORDER BY c.seat FOR UPDATE;
  DELETE FROM seat_claims c WHERE c.booking_id = p_booking AND c.state <> 'SOLD';
END $$;

-- As before, with the offers of the drafts that end.
CREATE OR REPLACE FUNCTION "expire_bookings"(p_most int, OUT bookings int, OUT claims int) LANGUAGE plpgsql AS $$
DECLARE
  v_ended uuid[];
BEGIN
  WITH late AS (
    SELECT b.id FROM bookings b WHERE b.status = 'PENDING' AND b.pay_by < clock_timestamp()
     ORDER BY b.pay_by LIMIT p_most FOR UPDATE SKIP LOCKED
  ), ended AS (
    UPDATE bookings b SET status = 'EXPIRED' FROM late WHERE b.id = late.id RETURNING b.id
  )
  SELECT coalesce(array_agg(id), '{}') INTO v_ended FROM ended;
  bookings := cardinality(v_ended);
  IF bookings > 0 THEN PERFORM release_offers(v_ended); END IF;
  WITH ended AS (
    SELECT c.showtime_id, c.seat FROM seat_claims c WHERE c.expires_at < clock_timestamp()
     ORDER BY c.expires_at LIMIT p_most FOR UPDATE SKIP LOCKED
  )
  DELETE FROM seat_claims c USING ended WHERE c.showtime_id = ended.showtime_id AND c.seat = ended.seat;
  GET DIAGNOSTICS claims = ROW_COUNT;
END $$;

-- As before; besides, money that came too late for released offers takes them again, a booking that takes another's place
-- is asked for (complete_move), and 0 is a sum like others: a booking that a voucher or a credit pays for wholly is
-- settled by its own checkout. Then there is no money to give back: refund_reason is told and nothing is owed.
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
  IF refund_reason IS NULL AND v_booking.status = 'EXPIRED' AND (v_booking.discount_minor > 0 OR v_booking.voucher_minor > 0)
     AND NOT reserve_offers_again(v_booking.id) THEN
    refund_reason := 'VOUCHER_GONE';
  END IF;
  IF refund_reason IS NULL THEN
    SELECT array_agg(s.seat::int ORDER BY s.seat) INTO v_seats FROM booking_seats s WHERE s.booking_id = v_booking.id;
    -- Still ours, or lapsed and still free: the same seats, late or not.
    IF cardinality(claim_seats(v_booking.showtime_id, v_seats, v_booking.holder, v_booking.id, clock_timestamp() + interval '1 second', 'PAYING')) > 0 THEN
      refund_reason := 'SEATS_GONE';
    ELSIF v_booking.moved_from_id IS NOT NULL THEN
      refund_reason := complete_move(v_booking.id);
    END IF;
  END IF;

  IF refund_reason IS NULL THEN
    IF v_booking.discount_minor > 0 OR v_booking.voucher_minor > 0 THEN PERFORM redeem_offers(v_booking.id); END IF;
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

  PERFORM end_draft(v_booking.id);
  IF v_booking.status = 'EXPIRED' THEN
    -- Taken again above, and not needed after all.
    PERFORM release_offers(v_booking.id);
    DELETE FROM seat_claims c WHERE c.booking_id = v_booking.id AND c.state = 'PAYING';
  END IF;
  outcome := 'REFUND_DUE';
  IF p_amount = 0 THEN RETURN; END IF;
  IF v_payment.state IN ('CREATED', 'FAILED') THEN
    UPDATE payments p SET state = 'REFUND_DUE', updated_at = clock_timestamp() WHERE p.id = p_payment;
  END IF;
  INSERT INTO payment_captures (id, payment_id, gateway_payment_id, amount_minor, currency, outcome, learnt_from)
  VALUES (v_capture, p_payment, p_gateway_payment, p_amount, p_currency, 'REFUND_DUE', p_learnt_from);
  INSERT INTO refunds (id, capture_id, amount_minor, reason) VALUES (v_refund, v_capture, p_amount, refund_reason);
  INSERT INTO outbox_events (key, topic, payload)
  VALUES ('payment.refund:' || v_refund, 'payment.refund', jsonb_build_object('refundId', v_refund));
END $$;

-- Opens a booking draft with its payment: claims, price check, offers, booking, payment and outbox row in one statement.
-- p_since: when the hold began. p_keep_ms: how long one guest may keep a seat, over all the drafts for it that follow
-- each other within a minute; null: no limit. p_voucher_minor and p_credit are what is paid otherwise; the rest is charged.
-- With nothing left to charge the booking is confirmed here, by a payment of 0 at the gateway "none".
-- outcome: CREATED | EXISTING (this hold's draft at this price, again) | REPLAY (this key's booking, again)
--          | TAKEN (refused names the seats) | PRICE_CHANGED | KEY_REUSED | TOO_MANY_DRAFTS | KEPT_TOO_LONG
--          | OFFER_REFUSED (problem says why, see admit_offers)
-- Raises MQ003 with the reason when there is nothing to charge and it cannot be booked: then nothing was changed.
DROP FUNCTION "start_checkout"(uuid, text, text, uuid, text, uuid, text, uuid, text, int[], int, int, int, text, text, timestamptz, timestamptz, int);
CREATE FUNCTION "start_checkout"(
  p_user uuid, p_key text, p_request_hash text, p_booking uuid, p_code text, p_payment uuid, p_gateway text,
  p_showtime uuid, p_holder text, p_seats int[], p_base int, p_fee int, p_tax int, p_currency text, p_email text, p_pay_by timestamptz,
  p_since timestamptz DEFAULT NULL, p_keep_ms int DEFAULT NULL, p_tax_percent float8 DEFAULT 18, p_discount int DEFAULT 0,
  p_promo uuid DEFAULT NULL, p_voucher uuid DEFAULT NULL, p_voucher_minor int DEFAULT 0, p_credit int DEFAULT 0, p_moved_from uuid DEFAULT NULL,
  OUT outcome text, OUT booking_id uuid, OUT refused int[], OUT problem text)
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
  v_total int := p_base - p_discount + p_fee + p_tax;
  v_to_pay int := p_base - p_discount + p_fee + p_tax - p_voucher_minor - p_credit;
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
     AND v_draft.base_minor = p_base AND v_draft.convenience_fee_minor = p_fee AND v_draft.tax_minor = p_tax
     AND v_draft.discount_minor = p_discount AND v_draft.voucher_minor = p_voucher_minor AND v_draft.credit_minor = p_credit
     AND v_draft.moved_from_id IS NOT DISTINCT FROM p_moved_from THEN
    SELECT coalesce(array_agg(s.seat::int ORDER BY s.seat), '{}') = (SELECT array_agg(x ORDER BY x) FROM unnest(p_seats) x)
           AND (p_discount = 0 OR EXISTS (SELECT FROM promo_redemptions r WHERE r.booking_id = v_draft.id AND r.promo_id = p_promo))
           AND (p_voucher_minor = 0 OR EXISTS (SELECT FROM voucher_redemptions r WHERE r.booking_id = v_draft.id AND r.voucher_id = p_voucher))
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
  IF outcome IS NULL AND (p_promo IS NOT NULL OR p_voucher IS NOT NULL OR v_draft.voucher_minor > 0) THEN
    problem := admit_offers(p_user, p_promo, p_voucher, p_voucher_minor, v_draft.id);
    IF problem IS NOT NULL THEN outcome := 'OFFER_REFUSED'; END IF;
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
  INSERT INTO bookings (id, code, user_id, showtime_id, holder, base_minor, discount_minor, convenience_fee_minor, tax_minor, tax_percent,
                        total_minor, voucher_minor, credit_minor, moved_from_id, cancellation_tiers, currency, email, pay_by, kept_since)
  SELECT p_booking, p_code, p_user, p_showtime, p_holder, p_base, p_discount, p_fee, p_tax, p_tax_percent,
         v_total, p_voucher_minor, p_credit, p_moved_from, t.cancellation_tiers, p_currency, p_email, v_pay_by, v_kept
    FROM showtimes s JOIN screens c ON c.id = s.screen_id JOIN theatres t ON t.id = c.theatre_id WHERE s.id = p_showtime;
  INSERT INTO booking_seats (booking_id, seat, label, section, price_minor)
  SELECT p_booking, i.seat, i.label, i.section, i.price_minor FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats);
  IF p_promo IS NOT NULL OR p_voucher_minor > 0 THEN
    PERFORM reserve_offers(p_booking, p_user, p_promo, p_discount, p_voucher, p_voucher_minor);
  END IF;
  INSERT INTO payments (id, booking_id, gateway, amount_minor, currency)
  VALUES (p_payment, p_booking, CASE WHEN v_to_pay = 0 THEN 'none' ELSE p_gateway END, v_to_pay, p_currency);
  outcome := 'CREATED'; booking_id := p_booking;
  IF v_to_pay = 0 THEN
    SELECT s.refund_reason INTO problem FROM settle_payment(p_payment, 'none_' || p_payment, 0, p_currency, 'checkout') s;
    IF problem IS NOT NULL THEN RAISE EXCEPTION '%', problem USING ERRCODE = 'MQ003'; END IF;
    RETURN;
  END IF;
  INSERT INTO outbox_events (key, topic, payload)
  VALUES ('payment.create-order:' || p_payment, 'payment.create-order', jsonb_build_object('paymentId', p_payment));
END $$;
