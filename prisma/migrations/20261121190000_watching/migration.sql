-- Our own catalogue is a source like the others, and the only one that is always there.
INSERT INTO listing_sources (id, name, kind, base_url, hosts, enabled, permission)
VALUES ('marquee', 'Marquee', 'catalogue', '/', '{}', true, 'our own catalogue') ON CONFLICT DO NOTHING;

-- Watches and lists that are due, the longest due first.
CREATE INDEX watches_due ON watches (next_look_at) WHERE next_look_at IS NOT NULL;
CREATE INDEX watches_changed ON watches (source_id, verdict_changed_at) WHERE verdict_changed_at IS NOT NULL;

-- A showtime that is published, moved or cancelled tells the watches of our own catalogue on that film in that city. In the
-- commit that does it, whoever does it; nothing is written when nobody waits.
CREATE FUNCTION tell_watches(movies uuid[], halls uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO outbox_events (key, topic, payload)
  SELECT 'watch.told:' || w.id || ':' || pg_current_xact_id() || ':' || floor(extract(epoch FROM now()))::bigint,
         'watch.told', jsonb_build_object('watchId', w.id)
    FROM (SELECT DISTINCT c.movie, t.city_id
            FROM unnest(movies, halls) AS c(movie, screen) JOIN screens h ON h.id = c.screen JOIN theatres t ON t.id = h.theatre_id) told
    JOIN watches w ON w.source_id = 'marquee' AND w.site_movie_id = told.movie::text AND w.city_id = told.city_id
   WHERE w.subscribers > 0
  ON CONFLICT (key) DO NOTHING
$$;

CREATE FUNCTION showtimes_told() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE movies uuid[]; halls uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM watches WHERE source_id = 'marquee' AND subscribers > 0) THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(movie_id), array_agg(screen_id) INTO movies, halls FROM (SELECT DISTINCT movie_id, screen_id FROM fresh) n;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(movie_id), array_agg(screen_id) INTO movies, halls FROM (SELECT DISTINCT movie_id, screen_id FROM gone) o;
  ELSE
    SELECT array_agg(movie_id), array_agg(screen_id) INTO movies, halls FROM (
      SELECT DISTINCT n.movie_id, n.screen_id FROM fresh n JOIN gone o ON o.id = n.id
       WHERE n.status <> o.status OR n.starts_at <> o.starts_at) n;
  END IF;
  IF movies IS NOT NULL THEN PERFORM tell_watches(movies, halls); END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER showtimes_told_insert AFTER INSERT ON showtimes
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION showtimes_told();
CREATE TRIGGER showtimes_told_update AFTER UPDATE ON showtimes
  REFERENCING NEW TABLE AS fresh OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION showtimes_told();
CREATE TRIGGER showtimes_told_delete AFTER DELETE ON showtimes
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION showtimes_told();
