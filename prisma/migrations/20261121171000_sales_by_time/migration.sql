-- What was sold and then cancelled is invoiced too: the sweep for it looks at the newest sales, whatever became of them.
CREATE INDEX "bookings_sold" ON "bookings" ("confirmed_at") WHERE "confirmed_at" IS NOT NULL;
DROP INDEX "bookings_confirmed";
-- The sweep for mails about refunds, likewise.
CREATE INDEX "refunds_processed" ON "refunds" ("processed_at") WHERE "state" = 'PROCESSED';
