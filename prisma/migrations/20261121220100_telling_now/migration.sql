-- Who is being told just now: few, among all that were ever told. Asked once a minute, for what is still looked at.
CREATE INDEX alerts_telling ON alerts (subscription_id) WHERE state IN ('RINGING', 'SNOOZED');
