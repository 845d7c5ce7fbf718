-- The list of deliveries, the latest first.
CREATE INDEX "alert_attempts_due_at_position_id_idx" ON "alert_attempts"("due_at" DESC, "position" DESC, "id" DESC);
