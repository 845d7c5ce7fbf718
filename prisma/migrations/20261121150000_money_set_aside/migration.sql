-- AlterTable
ALTER TABLE "payments" ADD COLUMN "set_aside_at" TIMESTAMPTZ(3);

-- As before; and money that is only set aside is looked after: a job asks the gateway for it.
-- outcome: BOOKED | REFUND_DUE | REFUNDED | FAILED_NOTED | CHECK_ASKED | IGNORED | UNKNOWN_ORDER | DUPLICATE
CREATE OR REPLACE FUNCTION "receive_payment_event"(p_id uuid, p_gateway text, p_event text, p_type text, p_payload jsonb,
  p_order text, p_gateway_payment text, p_status text, p_amount int, p_currency text, OUT outcome text)
LANGUAGE plpgsql AS $$
DECLARE
  v_payment uuid;
BEGIN
  INSERT INTO webhook_events (id, gateway, event_id, type, payload) VALUES (p_id, p_gateway, p_event, p_type, p_payload)
  ON CONFLICT (gateway, event_id) DO NOTHING;
  IF NOT FOUND THEN outcome := 'DUPLICATE'; RETURN; END IF;
  outcome := 'IGNORED';
  IF p_order IS NOT NULL THEN
    SELECT p.id INTO v_payment FROM payments p WHERE p.gateway = p_gateway AND p.gateway_order_id = p_order;
    IF NOT FOUND THEN
      outcome := 'UNKNOWN_ORDER';
    ELSIF p_status = 'captured' THEN
      SELECT s.outcome INTO outcome FROM settle_payment(v_payment, p_gateway_payment, p_amount, p_currency, 'webhook') s;
    ELSIF p_status = 'failed' THEN
      UPDATE payments p SET state = 'FAILED', updated_at = clock_timestamp() WHERE p.id = v_payment AND p.state = 'CREATED';
      outcome := 'FAILED_NOTED';
    ELSIF p_status = 'authorized' THEN
      IF EXISTS (SELECT FROM payments p WHERE p.id = v_payment AND p.state IN ('CREATED', 'FAILED')) THEN
        INSERT INTO outbox_events (key, topic, payload)
        VALUES ('payment.check:' || p_gateway_payment, 'payment.check', jsonb_build_object('paymentId', v_payment))
        ON CONFLICT DO NOTHING;
        outcome := 'CHECK_ASKED';
      END IF;
    END IF;
  END IF;
  UPDATE webhook_events w SET processed_at = clock_timestamp(), outcome = receive_payment_event.outcome WHERE w.id = p_id;
END $$;
