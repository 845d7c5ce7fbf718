-- A hold kept here is as fleeting as one in Redis: should Postgres itself fall in the next blink, the guest holds again.
-- So its commit does not wait for the disk. Claims that money depends on always do.
CREATE OR REPLACE FUNCTION "hold_seats"(p_showtime uuid, p_seats int[], p_holder text, p_ttl_ms int, p_cap_ms int, p_most int,
  OUT outcome text, OUT refused int[], OUT seats int[], OUT until timestamptz, OUT since timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_paying int[];
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true); -- until the end of this transaction
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
