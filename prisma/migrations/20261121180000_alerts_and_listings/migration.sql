-- CreateEnum
CREATE TYPE "watch_verdict" AS ENUM ('OPEN', 'NOT_OPEN', 'ANNOUNCED', 'SOLD_OUT', 'GONE', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "opening_kind" AS ENUM ('OPENING', 'SEATS_BACK');

-- CreateEnum
CREATE TYPE "opening_state" AS ENUM ('LIVE', 'HELD', 'DISMISSED', 'CLOSED');

-- CreateEnum
CREATE TYPE "subscription_state" AS ENUM ('ACTIVE', 'PAUSED', 'NOTIFIED', 'ALREADY_OPEN', 'ENDED');

-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('RINGING', 'ACKNOWLEDGED', 'SNOOZED', 'OPTED_OUT', 'EXHAUSTED', 'SUPPRESSED');

-- CreateEnum
CREATE TYPE "attempt_state" AS ENUM ('PLANNED', 'SENDING', 'ACCEPTED', 'RINGING', 'ANSWERED', 'DELIVERED', 'MACHINE', 'BUSY', 'NO_ANSWER', 'FAILED', 'UNKNOWN', 'SKIPPED');

-- AlterEnum
ALTER TYPE "otp_purpose" ADD VALUE 'ALERT';

-- CreateTable
CREATE TABLE "listing_sources" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "base_url" TEXT NOT NULL,
    "zone" TEXT,
    "hosts" TEXT[],
    "cities" JSONB NOT NULL DEFAULT '{}',
    "min_gap_ms" INTEGER NOT NULL DEFAULT 10000,
    "daily_budget" INTEGER NOT NULL DEFAULT 500,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "permission" TEXT NOT NULL DEFAULT '',
    "enabled_by" UUID,
    "enabled_at" TIMESTAMPTZ(3),
    "frozen_at" TIMESTAMPTZ(3),
    "frozen_reason" TEXT,
    "parser_version" INTEGER NOT NULL DEFAULT 0,
    "shape_hash" TEXT,
    "shape_changed_at" TIMESTAMPTZ(3),
    "last_ok_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "listing_sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "listing_hosts" (
    "host" TEXT NOT NULL,
    "gap_ms" INTEGER NOT NULL DEFAULT 10000,
    "crawl_delay_ms" INTEGER NOT NULL DEFAULT 0,
    "daily_budget" INTEGER NOT NULL DEFAULT 500,
    "spent_on" DATE,
    "spent_today" INTEGER NOT NULL DEFAULT 0,
    "next_request_at" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "backoff_ms" INTEGER NOT NULL DEFAULT 0,
    "circuit_level" INTEGER NOT NULL DEFAULT 0,
    "circuit_until" TIMESTAMPTZ(3),
    "robots_body" TEXT,
    "robots_status" INTEGER,
    "robots_fetched_at" TIMESTAMPTZ(3),
    "last_status" INTEGER,
    "last_ok_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "listing_hosts_pkey" PRIMARY KEY ("host")
);

-- CreateTable
CREATE TABLE "source_films" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "city_id" UUID NOT NULL,
    "site_movie_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_key" TEXT NOT NULL,
    "slug" TEXT,
    "list" TEXT NOT NULL,
    "language" TEXT,
    "release_date" DATE,
    "url" TEXT,
    "hints" JSONB NOT NULL DEFAULT '{}',
    "movie_id" UUID,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_films_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source_listings" (
    "source_id" TEXT NOT NULL,
    "city_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "next_look_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "etag" TEXT,
    "last_modified" TEXT,
    "last_ok_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "fail_streak" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "source_listings_pkey" PRIMARY KEY ("source_id","city_id","list")
);

-- CreateTable
CREATE TABLE "watches" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "city_id" UUID NOT NULL,
    "site_movie_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "slug" TEXT,
    "hints" JSONB NOT NULL DEFAULT '{}',
    "release_date" DATE,
    "verdict" "watch_verdict",
    "last_verdict" "watch_verdict",
    "last_reason" TEXT,
    "confirming_since" TIMESTAMPTZ(3),
    "closing_since" TIMESTAMPTZ(3),
    "gone_looks" INTEGER NOT NULL DEFAULT 0,
    "announced_at" TIMESTAMPTZ(3),
    "sessions" JSONB NOT NULL DEFAULT '[]',
    "open_dates" TEXT[],
    "next_look_at" TIMESTAMPTZ(3),
    "interval_seconds" INTEGER NOT NULL DEFAULT 0,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "etag" TEXT,
    "last_modified" TEXT,
    "content_hash" TEXT,
    "last_look_at" TIMESTAMPTZ(3),
    "last_ok_at" TIMESTAMPTZ(3),
    "blind_since" TIMESTAMPTZ(3),
    "fail_streak" INTEGER NOT NULL DEFAULT 0,
    "subscribers" INTEGER NOT NULL DEFAULT 0,
    "verdict_changed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "observations" (
    "id" UUID NOT NULL,
    "watch_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" "watch_verdict" NOT NULL,
    "reason" TEXT,
    "announced_at" TIMESTAMPTZ(3),
    "evidence" JSONB NOT NULL,
    "sessions" JSONB NOT NULL,
    "open_dates" TEXT[],
    "status" INTEGER,
    "content_hash" TEXT,
    "shape_hash" TEXT,
    "parser_version" INTEGER NOT NULL,
    "body" BYTEA,

    CONSTRAINT "observations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "openings" (
    "id" UUID NOT NULL,
    "watch_id" UUID NOT NULL,
    "kind" "opening_kind" NOT NULL DEFAULT 'OPENING',
    "state" "opening_state" NOT NULL,
    "detected_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "evidence" JSONB NOT NULL,
    "observation_id" UUID,
    "held_reason" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "fanned_out_at" TIMESTAMPTZ(3),

    CONSTRAINT "openings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening_records" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "city_id" UUID NOT NULL,
    "cinema_key" TEXT NOT NULL,
    "cinema_name" TEXT NOT NULL,
    "site_movie_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "release_date" DATE,
    "first_show_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "opening_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_points" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "masked" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "suspect_at" TIMESTAMPTZ(3),
    "link_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_points_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opt_outs" (
    "hash" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "opt_outs_pkey" PRIMARY KEY ("hash","channel")
);

-- CreateTable
CREATE TABLE "alert_subscriptions" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "phone_contact_id" UUID,
    "email_contact_id" UUID,
    "city_id" UUID NOT NULL,
    "film_key" TEXT NOT NULL,
    "movie_id" UUID,
    "title" TEXT NOT NULL,
    "filters" JSONB NOT NULL DEFAULT '{}',
    "party_size" INTEGER NOT NULL DEFAULT 2,
    "channels" TEXT[],
    "quiet_hours" JSONB NOT NULL,
    "time_zone" TEXT NOT NULL,
    "urgency" TEXT NOT NULL DEFAULT 'normal',
    "seats_back" BOOLEAN NOT NULL DEFAULT false,
    "state" "subscription_state" NOT NULL DEFAULT 'ACTIVE',
    "round" INTEGER NOT NULL DEFAULT 1,
    "blind_told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription_watches" (
    "subscription_id" UUID NOT NULL,
    "watch_id" UUID NOT NULL,
    "armed_at" TIMESTAMPTZ(3),
    "already_open_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_watches_pkey" PRIMARY KEY ("subscription_id","watch_id")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "contact_id" UUID,
    "text" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "network" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "opening_id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "kind" "opening_kind" NOT NULL,
    "state" "alert_state" NOT NULL DEFAULT 'RINGING',
    "position" INTEGER NOT NULL,
    "session" JSONB NOT NULL,
    "acknowledged_by" TEXT,
    "acknowledged_at" TIMESTAMPTZ(3),
    "snoozed_until" TIMESTAMPTZ(3),
    "suppressed_why" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_attempts" (
    "id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 1,
    "state" "attempt_state" NOT NULL DEFAULT 'PLANNED',
    "contact_id" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "position" INTEGER NOT NULL,
    "provider" TEXT,
    "provider_id" TEXT,
    "merged_into_id" UUID,
    "template" TEXT NOT NULL DEFAULT '',
    "sent_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,
    "keys" TEXT NOT NULL DEFAULT '',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "why" TEXT,

    CONSTRAINT "alert_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carrier_receipts" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "sequence" TEXT NOT NULL,
    "attempt_id" UUID,
    "payload" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_receipts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "alert_id" UUID,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "push_endpoints" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "endpoint" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "failed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "push_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "source_films_city_id_title_key_idx" ON "source_films"("city_id", "title_key");

-- CreateIndex
CREATE INDEX "source_films_movie_id_idx" ON "source_films"("movie_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_films_source_id_city_id_site_movie_id_key" ON "source_films"("source_id", "city_id", "site_movie_id");

-- CreateIndex
CREATE INDEX "source_listings_next_look_at_idx" ON "source_listings"("next_look_at");

-- CreateIndex
CREATE INDEX "watches_next_look_at_idx" ON "watches"("next_look_at");

-- CreateIndex
CREATE UNIQUE INDEX "watches_source_id_site_movie_id_city_id_key" ON "watches"("source_id", "site_movie_id", "city_id");

-- CreateIndex
CREATE INDEX "observations_watch_id_at_idx" ON "observations"("watch_id", "at" DESC);

-- CreateIndex
CREATE INDEX "observations_at_idx" ON "observations"("at");

-- CreateIndex
CREATE INDEX "openings_watch_id_detected_at_idx" ON "openings"("watch_id", "detected_at" DESC);

-- CreateIndex
CREATE INDEX "openings_state_detected_at_idx" ON "openings"("state", "detected_at" DESC);

-- CreateIndex
CREATE INDEX "opening_records_city_id_cinema_key_opened_at_idx" ON "opening_records"("city_id", "cinema_key", "opened_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "opening_records_source_id_city_id_cinema_key_site_movie_id_key" ON "opening_records"("source_id", "city_id", "cinema_key", "site_movie_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_points_kind_hash_key" ON "contact_points"("kind", "hash");

-- CreateIndex
CREATE INDEX "alert_subscriptions_user_id_idx" ON "alert_subscriptions"("user_id");

-- CreateIndex
CREATE INDEX "alert_subscriptions_phone_contact_id_idx" ON "alert_subscriptions"("phone_contact_id");

-- CreateIndex
CREATE INDEX "alert_subscriptions_email_contact_id_idx" ON "alert_subscriptions"("email_contact_id");

-- CreateIndex
CREATE INDEX "alert_subscriptions_city_id_film_key_idx" ON "alert_subscriptions"("city_id", "film_key");

-- CreateIndex
CREATE INDEX "subscription_watches_watch_id_idx" ON "subscription_watches"("watch_id");

-- CreateIndex
CREATE INDEX "consents_subscription_id_idx" ON "consents"("subscription_id");

-- CreateIndex
CREATE INDEX "alerts_subscription_id_created_at_idx" ON "alerts"("subscription_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "alerts_opening_id_subscription_id_key" ON "alerts"("opening_id", "subscription_id");

-- CreateIndex
CREATE INDEX "alert_attempts_state_channel_due_at_idx" ON "alert_attempts"("state", "channel", "due_at");

-- CreateIndex
CREATE INDEX "alert_attempts_contact_id_channel_sent_at_idx" ON "alert_attempts"("contact_id", "channel", "sent_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "alert_attempts_alert_id_channel_step_key" ON "alert_attempts"("alert_id", "channel", "step");

-- CreateIndex
CREATE UNIQUE INDEX "alert_attempts_provider_provider_id_key" ON "alert_attempts"("provider", "provider_id");

-- CreateIndex
CREATE INDEX "carrier_receipts_attempt_id_idx" ON "carrier_receipts"("attempt_id");

-- CreateIndex
CREATE INDEX "carrier_receipts_at_idx" ON "carrier_receipts"("at");

-- CreateIndex
CREATE UNIQUE INDEX "carrier_receipts_provider_provider_id_status_sequence_key" ON "carrier_receipts"("provider", "provider_id", "status", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_alert_id_key" ON "notifications"("alert_id");

-- CreateIndex
CREATE INDEX "notifications_user_id_created_at_idx" ON "notifications"("user_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "push_endpoints_endpoint_key" ON "push_endpoints"("endpoint");

-- CreateIndex
CREATE INDEX "push_endpoints_user_id_idx" ON "push_endpoints"("user_id");

-- AddForeignKey
ALTER TABLE "source_films" ADD CONSTRAINT "source_films_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "listing_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_films" ADD CONSTRAINT "source_films_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "cities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_films" ADD CONSTRAINT "source_films_movie_id_fkey" FOREIGN KEY ("movie_id") REFERENCES "movies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watches" ADD CONSTRAINT "watches_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "listing_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watches" ADD CONSTRAINT "watches_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "cities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "observations" ADD CONSTRAINT "observations_watch_id_fkey" FOREIGN KEY ("watch_id") REFERENCES "watches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "openings" ADD CONSTRAINT "openings_watch_id_fkey" FOREIGN KEY ("watch_id") REFERENCES "watches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_subscriptions" ADD CONSTRAINT "alert_subscriptions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_subscriptions" ADD CONSTRAINT "alert_subscriptions_phone_contact_id_fkey" FOREIGN KEY ("phone_contact_id") REFERENCES "contact_points"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_subscriptions" ADD CONSTRAINT "alert_subscriptions_email_contact_id_fkey" FOREIGN KEY ("email_contact_id") REFERENCES "contact_points"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_subscriptions" ADD CONSTRAINT "alert_subscriptions_city_id_fkey" FOREIGN KEY ("city_id") REFERENCES "cities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_subscriptions" ADD CONSTRAINT "alert_subscriptions_movie_id_fkey" FOREIGN KEY ("movie_id") REFERENCES "movies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_watches" ADD CONSTRAINT "subscription_watches_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "alert_subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_watches" ADD CONSTRAINT "subscription_watches_watch_id_fkey" FOREIGN KEY ("watch_id") REFERENCES "watches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "alert_subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_opening_id_fkey" FOREIGN KEY ("opening_id") REFERENCES "openings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "alert_subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_attempts" ADD CONSTRAINT "alert_attempts_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carrier_receipts" ADD CONSTRAINT "carrier_receipts_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "alert_attempts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "push_endpoints" ADD CONSTRAINT "push_endpoints_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One opening of a watch is under way at most; one telling of a subscription per round.
CREATE UNIQUE INDEX openings_one_current ON openings (watch_id) WHERE state IN ('LIVE', 'HELD');
CREATE UNIQUE INDEX alerts_one_per_round ON alerts (subscription_id, round) WHERE kind = 'OPENING' AND state <> 'SUPPRESSED';

-- The same person, film and city is one subscription, however often the form is sent.
CREATE UNIQUE INDEX alert_subscriptions_one_per_phone ON alert_subscriptions (phone_contact_id, city_id, film_key)
  WHERE phone_contact_id IS NOT NULL AND state <> 'ENDED';
CREATE UNIQUE INDEX alert_subscriptions_one_per_email ON alert_subscriptions (email_contact_id, city_id, film_key)
  WHERE phone_contact_id IS NULL AND email_contact_id IS NOT NULL AND state <> 'ENDED';
CREATE UNIQUE INDEX alert_subscriptions_one_per_user ON alert_subscriptions (user_id, city_id, film_key)
  WHERE phone_contact_id IS NULL AND email_contact_id IS NULL AND user_id IS NOT NULL AND state <> 'ENDED';

ALTER TABLE alert_subscriptions
  ADD CONSTRAINT alert_subscriptions_party CHECK (party_size BETWEEN 1 AND 10),
  ADD CONSTRAINT alert_subscriptions_channels CHECK (channels <@ ARRAY['in_app', 'push', 'sms', 'email', 'call'] AND cardinality(channels) > 0);
ALTER TABLE listing_sources
  ADD CONSTRAINT listing_sources_permission CHECK (NOT enabled OR kind = 'catalogue' OR length(permission) >= 10);

-- Attempts that wait to be sent, in their order.
CREATE INDEX alert_attempts_due ON alert_attempts (channel, due_at, position) WHERE state = 'PLANNED';
CREATE INDEX alert_attempts_open ON alert_attempts (sent_at) WHERE state IN ('SENDING', 'ACCEPTED', 'RINGING', 'ANSWERED');
