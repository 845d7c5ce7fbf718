import type { TestContext } from './services.ts'

/** Takes away what keeps a seat from being sold twice: claims that respect others, and one ticket a seat. For controls. */
export const withoutClaims = (ctx: Pick<TestContext, 'pool'>) =>
  ctx.pool.query(
    `DROP INDEX tickets_one_per_seat;
     CREATE OR REPLACE FUNCTION seats_taken_already(p_user uuid, p_key text, p_showtime uuid, p_holder text, p_seats int[])
     RETURNS int[] LANGUAGE sql AS $$ SELECT NULL::int[] $$;
     CREATE OR REPLACE FUNCTION claim_seats(p_showtime uuid, p_seats int[], p_holder text, p_booking uuid, p_until timestamptz, p_state seat_claim_state)
     RETURNS int[] LANGUAGE sql AS $$
       INSERT INTO seat_claims AS c (showtime_id, seat, state, holder, booking_id, expires_at)
       SELECT p_showtime, s, p_state, p_holder, p_booking, p_until FROM unnest(p_seats) s
       ON CONFLICT (showtime_id, seat) DO UPDATE SET state = excluded.state, holder = excluded.holder, booking_id = excluded.booking_id, expires_at = excluded.expires_at;
       SELECT '{}'::int[] $$;`,
  )
