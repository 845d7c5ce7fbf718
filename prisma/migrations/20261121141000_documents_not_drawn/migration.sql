-- The sweep asks for them every few minutes, among documents that are kept for years.
CREATE INDEX "invoices_not_drawn" ON "invoices" ("issued_at") WHERE "pdf" IS NULL;
CREATE INDEX "cancellations_created_at_idx" ON "cancellations" ("created_at");
