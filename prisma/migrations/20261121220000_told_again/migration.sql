-- Whom an opening was to be told to and nothing reached (the showing was gone by then, a hold took too long) waits on, and
-- may be told of it again: only a telling that happened is the one there is.
DROP INDEX "alerts_opening_id_subscription_id_key";
CREATE INDEX "alerts_opening_id_idx" ON "alerts"("opening_id");
CREATE UNIQUE INDEX alerts_one_per_opening ON alerts (opening_id, subscription_id) WHERE state <> 'SUPPRESSED';
