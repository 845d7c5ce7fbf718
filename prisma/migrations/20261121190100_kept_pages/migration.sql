-- Pages that are still kept, the oldest first.
CREATE INDEX observations_with_page ON observations (at) WHERE body IS NOT NULL;
-- The plain index on next_look_at does.
DROP INDEX watches_due;
