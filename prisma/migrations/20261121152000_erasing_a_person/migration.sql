-- Who is erased is looked for by address, and by the orders they paid: neither may take a walk through whole tables.

-- CreateIndex
CREATE INDEX "deliveries_recipient_idx" ON "deliveries"("recipient");

CREATE INDEX "webhook_events_order" ON "webhook_events" (("payload" #>> '{payload,payment,entity,order_id}'));
