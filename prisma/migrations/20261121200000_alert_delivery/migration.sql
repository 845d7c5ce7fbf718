-- When the job of an attempt was given to the queue: what is due and has none is found by it.
ALTER TABLE "alert_attempts" ADD COLUMN "queued_at" TIMESTAMPTZ(3);

CREATE INDEX alert_attempts_to_queue ON alert_attempts (due_at, position) WHERE state = 'PLANNED' AND queued_at IS NULL;

-- An opening that has to be told, or told again of new dates, is owed until its fan-out has gone through: whatever becomes
-- of the job. The monitor writes the outbox row in the commit that makes it true, and this goes with it.
CREATE FUNCTION owe_fan_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE openings SET fanned_out_at = NULL
   WHERE id = (NEW.payload ->> 'openingId')::uuid AND fanned_out_at IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER outbox_owes_fan_out AFTER INSERT ON outbox_events
  FOR EACH ROW WHEN (NEW.topic = 'opening.fan-out') EXECUTE FUNCTION owe_fan_out();

-- The calls of one number of the last day, and what is to be called together.
CREATE INDEX alert_attempts_calls ON alert_attempts (contact_id, sent_at) WHERE channel IN ('call', 'sms') AND sent_at IS NOT NULL;
CREATE INDEX alert_attempts_merged ON alert_attempts (merged_into_id) WHERE merged_into_id IS NOT NULL;
