-- As before, with fewer statements: what is off sale is looked for together with the claims, and seats are only put
-- together with earlier ones when there are any. The caller names each seat once.
-- An outage finds seat_claims as it was last analysed, in a new installation as an empty table: read from end to end it
-- took four times as long. So the plan may not depend on that.
CREATE OR REPLACE FUNCTION "hold_seats"(p_showtime uuid, p_seats int[], p_holder text, p_ttl_ms int, p_cap_ms int, p_most int,
  OUT outcome text, OUT refused int[], OUT seats int[], OUT until timestamptz, OUT since timestamptz)
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
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
           || ARRAY(SELECT i.seat::int FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (p_seats) AND i.blocked)
    INTO seats, v_paying, since, refused
    FROM seat_claims c
   WHERE c.showtime_id = p_showtime AND (c.holder = p_holder OR c.seat = ANY (p_seats)) AND (c.state = 'SOLD' OR c.expires_at >= v_now);
  IF cardinality(refused) > 0 THEN outcome := 'TAKEN'; RETURN; END IF;
  IF cardinality(v_paying) > 0 OR NOT (p_seats @> seats OR seats @> p_seats) THEN
    seats := ARRAY(SELECT DISTINCT s FROM unnest(seats || p_seats) s WHERE s <> ALL (v_paying));
  ELSIF cardinality(seats) < cardinality(p_seats) THEN
    seats := p_seats;
  END IF;
  IF cardinality(seats) + cardinality(v_paying) > p_most THEN outcome := 'TOO_MANY'; RETURN; END IF;
  until := least(v_now + p_ttl_ms * interval '1 ms', since + p_cap_ms * interval '1 ms');
  IF until <= v_now THEN outcome := 'CAP_REACHED'; RETURN; END IF;
  INSERT INTO seat_claims AS c (showtime_id, seat, state, holder, expires_at, held_since)
  SELECT p_showtime, i.seat, 'HELD', p_holder, hold_seats.until, hold_seats.since
    FROM showtime_seats i WHERE i.showtime_id = p_showtime AND i.seat = ANY (hold_seats.seats) AND NOT i.blocked ORDER BY i.seat
  ON CONFLICT (showtime_id, seat) DO UPDATE
     SET state = 'HELD', holder = excluded.holder, booking_id = NULL, expires_at = excluded.expires_at, held_since = excluded.held_since
   WHERE c.state <> 'SOLD' AND (c.expires_at < clock_timestamp() OR (c.holder = excluded.holder AND c.state = 'HELD'));
  GET DIAGNOSTICS v_written = ROW_COUNT;
  IF v_written < cardinality(seats) THEN
    RAISE EXCEPTION 'somebody else was faster' USING ERRCODE = '40001';
  END IF;
  seats := seats || v_paying;
  outcome := 'HELD';
END $$;
