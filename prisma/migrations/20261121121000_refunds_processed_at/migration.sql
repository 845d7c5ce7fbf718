-- A refund that is through says since when, whoever notes it.
CREATE FUNCTION "note_refund_processed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.processed_at := coalesce(NEW.processed_at, clock_timestamp());
  RETURN NEW;
END $$;
CREATE TRIGGER "refunds_processed" BEFORE INSERT OR UPDATE ON "refunds" FOR EACH ROW
  WHEN (NEW."state" = 'PROCESSED' AND NEW."processed_at" IS NULL) EXECUTE FUNCTION "note_refund_processed"();
