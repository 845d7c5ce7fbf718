ALTER TABLE "seat_claims" ADD COLUMN "held_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Holds kept in Postgres while Redis is away: the same rules as scripts/hold.lua, slower.
-- outcome: HELD | TAKEN (refused names the seats) | TOO_MANY | CAP_REACHED
CREATE FUNCTION "hold_seats"(p_showtime uuid, p_seats int[], p_holder text, p_ttl_ms int, p_cap_ms int, p_most int,
  OUT outcome text, OUT refused int[], OUT seats int[], OUT until timestamptz, OUT since timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_paying int[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_showtime::text || p_holder, 0));
  SELECT coalesce(array_agg(c.seat::int ORDER BY c.seat) FILTER (WHERE c.state = 'HELD'), '{}'),
         coalesce(array_agg(c.seat::int) FILTER (WHERE c.state = 'PAYING'), '{}'),
         coalesce(min(c.held_since), v_now)
    INTO seats, v_paying, since
    FROM seat_claims c
   WHERE c.showtime_id = p_showtime AND c.holder = p_holder AND c.state <> 'SOLD' AND c.expires_at >= v_now;
  -- A seat being paid for keeps its claim: it must not fall back to a mere hold.
  SELECT array_agg(DISTINCT s ORDER BY s) INTO seats FROM unnest(seats || p_seats) s WHERE s <> ALL (v_paying);
  IF coalesce(cardinality(seats), 0) + cardinality(v_paying) > p_most THEN outcome := 'TOO_MANY'; RETURN; END IF;
  until := least(v_now + p_ttl_ms * interval '1 ms', since + p_cap_ms * interval '1 ms');
  IF until <= v_now THEN outcome := 'CAP_REACHED'; RETURN; END IF;
  refused := claim_seats(p_showtime, coalesce(seats, '{}'), p_holder, NULL, until, 'HELD');
  IF cardinality(refused) > 0 THEN outcome := 'TAKEN'; RETURN; END IF;
  UPDATE seat_claims c SET held_since = hold_seats.since
   WHERE c.showtime_id = p_showtime AND c.seat = ANY (hold_seats.seats) AND c.held_since IS DISTINCT FROM hold_seats.since;
  seats := coalesce(seats, '{}') || v_paying;
  outcome := 'HELD';
END $$;

-- A verified message from the gateway: kept and acted on in one commit, so that either both happened or neither.
-- outcome: BOOKED | REFUND_DUE | REFUNDED | FAILED_NOTED | IGNORED | UNKNOWN_ORDER | DUPLICATE
CREATE FUNCTION "receive_payment_event"(p_id uuid, p_gateway text, p_event text, p_type text, p_payload jsonb,
  p_order text, p_gateway_payment text, p_status text, p_amount int, p_currency text, OUT outcome text)
LANGUAGE plpgsql AS $$
DECLARE
  v_payment uuid;
BEGIN
  INSERT INTO webhook_events (id, gateway, event_id, type, payload) VALUES (p_id, p_gateway, p_event, p_type, p_payload)
  ON CONFLICT (gateway, event_id) DO NOTHING;
  IF NOT FOUND THEN outcome := 'DUPLICATE'; RETURN; END IF;
  outcome := 'IGNORED';
  IF p_order IS NOT NULL THEN
    SELECT p.id INTO v_payment FROM payments p WHERE p.gateway = p_gateway AND p.gateway_order_id = p_order;
    IF NOT FOUND THEN
      outcome := 'UNKNOWN_ORDER';
    ELSIF p_status = 'captured' THEN
      SELECT s.outcome INTO outcome FROM settle_payment(v_payment, p_gateway_payment, p_amount, p_currency, 'webhook') s;
    ELSIF p_status = 'failed' THEN
      UPDATE payments p SET state = 'FAILED', updated_at = clock_timestamp() WHERE p.id = v_payment AND p.state = 'CREATED';
      outcome := 'FAILED_NOTED';
    END IF;
  END IF;
  UPDATE webhook_events w SET processed_at = clock_timestamp(), outcome = receive_payment_event.outcome WHERE w.id = p_id;
END $$;

-- Ends drafts whose payment window has closed and drops claims that ended. Late money still finds its booking (settle_payment).
-- Returns the number of drafts and of claims ended.
CREATE FUNCTION "expire_bookings"(p_most int, OUT bookings int, OUT claims int) LANGUAGE plpgsql AS $$
BEGIN
  WITH ended AS (
    SELECT b.id FROM bookings b WHERE b.status = 'PENDING' AND b.pay_by < clock_timestamp()
     ORDER BY b.pay_by LIMIT p_most FOR UPDATE SKIP LOCKED
  )
  UPDATE bookings b SET status = 'EXPIRED' FROM ended WHERE b.id = ended.id;
  GET DIAGNOSTICS bookings = ROW_COUNT;
  WITH ended AS (
    SELECT c.showtime_id, c.seat FROM seat_claims c WHERE c.expires_at < clock_timestamp()
     ORDER BY c.expires_at LIMIT p_most FOR UPDATE SKIP LOCKED
  )
  DELETE FROM seat_claims c USING ended WHERE c.showtime_id = ended.showtime_id AND c.seat = ended.seat;
  GET DIAGNOSTICS claims = ROW_COUNT;
END $$;
