-- As before, with half the writing: a new hold is inserted with the time it counts from instead of updated at once, and who
-- is refused is told from a look before anything is written, instead of from a claim taken back. Somebody who is faster
-- between the look and the claim is met as a serialization failure; asked again, the look sees them.
CREATE OR REPLACE FUNCTION "hold_seats"(p_showtime uuid, p_seats int[], p_holder text, p_ttl_ms int, p_cap_ms int, p_most int,
  OUT outcome text, OUT refused int[], OUT seats int[], OUT until timestamptz, OUT since timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_paying int[];
  v_written int;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_showtime::text || p_holder, 0));
  SELECT coalesce(array_agg(c.seat::int) FILTER (WHERE c.holder = p_holder AND c.state = 'HELD'), '{}'),
         coalesce(array_agg(c.seat::int) FILTER (WHERE c.holder = p_holder AND c.state = 'PAYING'), '{}'),
         coalesce(min(c.held_since) FILTER (WHERE c.holder = p_holder AND c.state <> 'SOLD'), v_now),
         coalesce(array_agg(c.seat::int ORDER BY c.seat) FILTER (WHERE c.seat = ANY (p_seats) AND (c.state = 'SOLD' OR c.holder <> p_holder)), '{}')
    INTO seats, v_paying, since, refused
    FROM seat_claims c
   WHERE c.showtime_id = p_showtime AND (c.holder = p_holder OR c.seat = ANY (p_seats)) AND (c.state = 'SOLD' OR c.expires_at >= v_now);
  SELECT array_agg(DISTINCT s ORDER BY s) INTO seats FROM unnest(seats || p_seats) s WHERE s <> ALL (v_paying);
  refused := refused || ARRAY(SELECT i.seat::int FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats) AND i.blocked);
  IF cardinality(refused) > 0 THEN outcome := 'TAKEN'; RETURN; END IF;
  IF coalesce(cardinality(seats), 0) + cardinality(v_paying) > p_most THEN outcome := 'TOO_MANY'; RETURN; END IF;
  until := least(v_now + p_ttl_ms * interval '1 ms', since + p_cap_ms * interval '1 ms');
  IF until <= v_now THEN outcome := 'CAP_REACHED'; RETURN; END IF;
  INSERT INTO seat_claims AS c (showtime_id, seat, state, holder, expires_at, held_since)
  SELECT p_showtime, i.seat, 'HELD', p_holder, hold_seats.until, hold_seats.since
    FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (hold_seats.seats) AND NOT i.blocked ORDER BY i.seat
  ON CONFLICT (showtime_id, seat) DO UPDATE
     SET state = 'HELD', holder = excluded.holder, booking_id = NULL, expires_at = excluded.expires_at, held_since = excluded.held_since
   WHERE c.state <> 'SOLD' AND (c.expires_at < clock_timestamp() OR (c.holder = excluded.holder AND c.state = 'HELD'));
  GET DIAGNOSTICS v_written = ROW_COUNT;
  IF v_written < coalesce(cardinality(seats), 0) THEN
    RAISE EXCEPTION 'somebody else was faster' USING ERRCODE = '40001';
  END IF;
  seats := coalesce(seats, '{}') || v_paying;
  outcome := 'HELD';
END $$;
