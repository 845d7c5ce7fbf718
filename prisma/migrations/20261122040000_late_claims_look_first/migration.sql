-- Whoever comes too late is refused by one look and writes nothing. When hundreds wanted one seat, each of the others
-- wrote a key, claimed, took both back, and waited for the disk.
-- -> the seats that cannot be had, as claim_seats names them, once one of them is somebody else's; null: go on and claim.
-- Key and claims are read by one statement, so by one snapshot: a repeated key is never refused for what it booked itself.
CREATE FUNCTION "seats_taken_already"(p_user uuid, p_key text, p_showtime uuid, p_holder text, p_seats int[])
RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
  v_refused int[];
BEGIN
  SELECT array_agg(x.seat ORDER BY x.seat) INTO v_refused FROM (
    SELECT i.seat::int AS seat, coalesce(c.holder <> p_holder AND (c.state = 'SOLD' OR c.expires_at >= clock_timestamp()), false) AS by_another
      FROM showtime_seats i LEFT JOIN seat_claims c ON c.showtime_id = i.showtime_id AND c.seat = i.seat
     WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats)
       AND (i.blocked OR c.state = 'SOLD' OR (c.holder <> p_holder AND c.expires_at >= clock_timestamp()))
       AND NOT EXISTS (SELECT FROM idempotency_keys k WHERE k.user_id = p_user AND k.key = p_key)) x
  HAVING bool_or(x.by_another);
  RETURN v_refused;
END $$;

-- As before, with that look first.
CREATE OR REPLACE FUNCTION "start_checkout"(
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
  refused := seats_taken_already(p_user, p_key, p_showtime, p_holder, p_seats);
  IF refused IS NOT NULL THEN outcome := 'TAKEN'; RETURN; END IF;

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
