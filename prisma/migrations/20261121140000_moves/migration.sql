-- A booking gives its place to another one: what it is worth then, and the moment it happens.

-- Drafts that came to nothing do not count, whatever became of them: only one that was confirmed took the place.
DROP INDEX "bookings_moved_once";
CREATE UNIQUE INDEX "bookings_moved_once" ON "bookings" ("moved_from_id") WHERE "confirmed_at" IS NOT NULL;

-- What a booking counts for when it is moved: all that its live seats cost, with their fee and tax.
CREATE FUNCTION "move_credit"(p_booking uuid) RETURNS int LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(w.net_minor + w.fee_minor), 0)::int FROM seat_worth(p_booking) w
   WHERE EXISTS (SELECT FROM tickets t WHERE t.booking_id = p_booking AND t.seat = w.seat AND t.status <> 'CANCELLED')
$$;

-- The policy of a showtime for somebody who moves there: never more than cancelling instead would give back now, or a move
-- would be the way to have refunds that are over. A first tier of nothing keeps "nothing" from reading as "no policy known".
CREATE FUNCTION "moved_tiers"(p_from uuid, p_tiers jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_agg(jsonb_build_object('minutesBefore', (t ->> 'minutesBefore')::int, 'percent', least((t ->> 'percent')::int, most.percent))
                   ORDER BY (t ->> 'minutesBefore')::int DESC)
    FROM (SELECT cancellation_percent(b.cancellation_tiers, s.film_starts_at, clock_timestamp()) AS percent
            FROM bookings b JOIN showtimes s ON s.id = b.showtime_id WHERE b.id = p_from) most, jsonb_array_elements(known_tiers(p_tiers)) t
$$;
CREATE FUNCTION "cap_moved_tiers"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.cancellation_tiers := coalesce(moved_tiers(NEW.moved_from_id, NEW.cancellation_tiers), NEW.cancellation_tiers);
  RETURN NEW;
END $$;
CREATE TRIGGER "bookings_cap_moved_tiers" BEFORE INSERT ON "bookings" FOR EACH ROW WHEN (NEW."moved_from_id" IS NOT NULL)
  EXECUTE FUNCTION "cap_moved_tiers"();

-- Asked by settle_payment once the new seats are claimed: the booking that was moved makes way, its seats go free, and what
-- the new one does not need of its worth goes back the way it was paid. It must be what it was when the move was priced;
-- else the new one is not booked, and only the money paid for it goes back. What it was moved from stands as it is.
CREATE OR REPLACE FUNCTION "complete_move"(p_booking uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_new bookings;
  v_old bookings;
  v_worth int;
  v_done record;
BEGIN
  SELECT * INTO v_new FROM bookings b WHERE b.id = p_booking;
  -- Whoever cancels it, moves it too, or is let in with it, comes before or after.
  SELECT * INTO v_old FROM bookings b WHERE b.id = v_new.moved_from_id FOR UPDATE;
  v_worth := move_credit(v_old.id);
  IF v_old.status IS DISTINCT FROM 'CONFIRMED' OR v_old.user_id <> v_new.user_id
     OR v_new.credit_minor <> least(v_worth, v_new.total_minor)
     OR (SELECT count(*) FROM booking_seats s WHERE s.booking_id = v_new.id)
        <> (SELECT count(*) FROM tickets t WHERE t.booking_id = v_old.id AND t.status <> 'CANCELLED') THEN
    RETURN 'MOVE_TOO_LATE';
  END IF;
  SELECT * INTO v_done FROM cancel_seats(p_booking => v_old.id, p_user => NULL, p_key => 'move:' || v_new.id, p_by => 'MOVE',
    p_actor => v_new.user_id, p_seats => NULL, p_expected => NULL, p_reason => '', p_refund => v_worth - v_new.credit_minor);
  RETURN CASE WHEN v_done.outcome = 'CANCELLED' THEN NULL ELSE 'MOVE_TOO_LATE' END;
END $$;
