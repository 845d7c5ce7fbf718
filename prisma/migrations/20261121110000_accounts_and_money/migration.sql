-- CreateEnum
CREATE TYPE "otp_purpose" AS ENUM ('REGISTER', 'LOGIN', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'CHANGE_PHONE', 'ADMIN_REQUEST');

-- CreateEnum
CREATE TYPE "admin_request_state" AS ENUM ('PENDING', 'APPROVED', 'REJECTED');

-- CreateEnum
CREATE TYPE "cancelled_by" AS ENUM ('GUEST', 'CINEMA', 'MOVE');

-- CreateEnum
CREATE TYPE "invoice_kind" AS ENUM ('INVOICE', 'CREDIT_NOTE');

-- CreateEnum
CREATE TYPE "promo_kind" AS ENUM ('PERCENT', 'FLAT');

-- CreateEnum
CREATE TYPE "redemption_state" AS ENUM ('RESERVED', 'REDEEMED', 'RELEASED');

-- DropIndex
DROP INDEX "refunds_capture_id_reason_key";

-- AlterTable
ALTER TABLE "bookings" ADD COLUMN     "cancellation_tiers" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3),
ADD COLUMN     "credit_minor" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "discount_minor" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "moved_from_id" UUID,
ADD COLUMN     "tax_percent" DOUBLE PRECISION NOT NULL DEFAULT 18,
ADD COLUMN     "voucher_minor" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "refresh_tokens" ADD COLUMN     "device" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "refunds" ADD COLUMN     "cancellation_id" UUID,
ADD COLUMN     "processed_at" TIMESTAMPTZ(3),
ADD COLUMN     "promised_by" TIMESTAMPTZ(3),
ADD COLUMN     "reference" TEXT NOT NULL DEFAULT replace((gen_random_uuid())::text, '-'::text, ''::text);

-- AlterTable
ALTER TABLE "showtimes" ADD COLUMN     "cancel_reason" TEXT,
ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "theatres" ADD COLUMN     "cancellation_tiers" JSONB NOT NULL DEFAULT '[{"minutesBefore":120,"percent":75},{"minutesBefore":20,"percent":50}]';

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "email_verified_at" TIMESTAMPTZ(3),
ADD COLUMN     "phone_verified_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "otp_challenges" (
    "id" UUID NOT NULL,
    "purpose" "otp_purpose" NOT NULL,
    "channel" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "user_id" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "sends" INTEGER NOT NULL DEFAULT 1,
    "last_sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3),
    "proof_hash" TEXT,
    "proof_expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "otp_challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "theatre_admins" (
    "theatre_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "theatre_admins_pkey" PRIMARY KEY ("theatre_id","user_id")
);

-- CreateTable
CREATE TABLE "admin_requests" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organisation" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "state" "admin_request_state" NOT NULL DEFAULT 'PENDING',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "admin_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "actor_role" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "network" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cancellations" (
    "id" UUID NOT NULL,
    "booking_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "by" "cancelled_by" NOT NULL,
    "actor_id" UUID,
    "seats" INTEGER[],
    "base_minor" INTEGER NOT NULL,
    "percent" INTEGER NOT NULL,
    "refund_minor" INTEGER NOT NULL,
    "to_voucher_minor" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cancellations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoices" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" "invoice_kind" NOT NULL,
    "booking_id" UUID NOT NULL,
    "cancellation_id" UUID,
    "data" JSONB NOT NULL,
    "pdf" BYTEA,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_series" (
    "series" TEXT NOT NULL,
    "next" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "document_series_pkey" PRIMARY KEY ("series")
);

-- CreateTable
CREATE TABLE "promo_codes" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kind" "promo_kind" NOT NULL,
    "percent" INTEGER,
    "amount_minor" INTEGER,
    "cap_minor" INTEGER,
    "min_base_minor" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "max_uses" INTEGER,
    "max_uses_per_user" INTEGER,
    "movie_id" UUID,
    "theatre_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promo_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promo_redemptions" (
    "booking_id" UUID NOT NULL,
    "promo_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "discount_minor" INTEGER NOT NULL,
    "state" "redemption_state" NOT NULL DEFAULT 'RESERVED',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promo_redemptions_pkey" PRIMARY KEY ("booking_id")
);

-- CreateTable
CREATE TABLE "gift_vouchers" (
    "id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "balance_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'INR',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gift_vouchers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "voucher_redemptions" (
    "booking_id" UUID NOT NULL,
    "voucher_id" UUID NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "returned_minor" INTEGER NOT NULL DEFAULT 0,
    "state" "redemption_state" NOT NULL DEFAULT 'RESERVED',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "voucher_redemptions_pkey" PRIMARY KEY ("booking_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "otp_challenges_proof_hash_key" ON "otp_challenges"("proof_hash");

-- CreateIndex
CREATE INDEX "otp_challenges_destination_purpose_created_at_idx" ON "otp_challenges"("destination", "purpose", "created_at" DESC);

-- CreateIndex
CREATE INDEX "otp_challenges_expires_at_idx" ON "otp_challenges"("expires_at");

-- CreateIndex
CREATE INDEX "theatre_admins_user_id_idx" ON "theatre_admins"("user_id");

-- CreateIndex
CREATE INDEX "admin_requests_state_created_at_idx" ON "admin_requests"("state", "created_at");

-- CreateIndex
CREATE INDEX "audit_entries_at_idx" ON "audit_entries"("at" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_subject_type_subject_id_at_idx" ON "audit_entries"("subject_type", "subject_id", "at" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_actor_id_at_idx" ON "audit_entries"("actor_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "cancellations_booking_id_key_key" ON "cancellations"("booking_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_number_key" ON "invoices"("number");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_cancellation_id_key" ON "invoices"("cancellation_id");

-- CreateIndex
CREATE INDEX "invoices_booking_id_idx" ON "invoices"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "promo_codes_code_key" ON "promo_codes"("code");

-- CreateIndex
CREATE INDEX "promo_redemptions_promo_id_user_id_idx" ON "promo_redemptions"("promo_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "gift_vouchers_code_hash_key" ON "gift_vouchers"("code_hash");

-- CreateIndex
CREATE INDEX "voucher_redemptions_voucher_id_idx" ON "voucher_redemptions"("voucher_id");

-- CreateIndex
CREATE INDEX "bookings_moved_from_id_idx" ON "bookings"("moved_from_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_reference_key" ON "refunds"("reference");

-- CreateIndex
CREATE INDEX "refunds_capture_id_idx" ON "refunds"("capture_id");

-- CreateIndex
CREATE INDEX "refunds_cancellation_id_idx" ON "refunds"("cancellation_id");

-- AddForeignKey
ALTER TABLE "theatre_admins" ADD CONSTRAINT "theatre_admins_theatre_id_fkey" FOREIGN KEY ("theatre_id") REFERENCES "theatres"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "theatre_admins" ADD CONSTRAINT "theatre_admins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "admin_requests" ADD CONSTRAINT "admin_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_moved_from_id_fkey" FOREIGN KEY ("moved_from_id") REFERENCES "bookings"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_cancellation_id_fkey" FOREIGN KEY ("cancellation_id") REFERENCES "cancellations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_cancellation_id_fkey" FOREIGN KEY ("cancellation_id") REFERENCES "cancellations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promo_redemptions" ADD CONSTRAINT "promo_redemptions_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promo_redemptions" ADD CONSTRAINT "promo_redemptions_promo_id_fkey" FOREIGN KEY ("promo_id") REFERENCES "promo_codes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher_redemptions" ADD CONSTRAINT "voucher_redemptions_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voucher_redemptions" ADD CONSTRAINT "voucher_redemptions_voucher_id_fkey" FOREIGN KEY ("voucher_id") REFERENCES "gift_vouchers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

ALTER TABLE "bookings" DROP CONSTRAINT "bookings_adds_up";
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_adds_up" CHECK ("total_minor" = "base_minor" - "discount_minor" + "convenience_fee_minor" + "tax_minor"
  AND "base_minor" >= 0 AND "convenience_fee_minor" >= 0 AND "tax_minor" >= 0 AND "discount_minor" BETWEEN 0 AND "base_minor"
  AND "voucher_minor" >= 0 AND "credit_minor" >= 0 AND "voucher_minor" + "credit_minor" <= "total_minor");
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_cancelled_at" CHECK ("status" <> 'CANCELLED' OR "cancelled_at" IS NOT NULL);
-- A booking makes way for one other at most, however often it is asked to.
CREATE UNIQUE INDEX "bookings_moved_once" ON "bookings" ("moved_from_id") WHERE "status" IN ('CONFIRMED', 'CANCELLED');

-- Money nobody bought anything with goes back once; what a cancellation gives back, once for each capture it comes from.
CREATE UNIQUE INDEX "refunds_one_without_cancellation" ON "refunds" ("capture_id", "reason") WHERE "cancellation_id" IS NULL;
CREATE UNIQUE INDEX "refunds_one_of_a_cancellation" ON "refunds" ("capture_id", "cancellation_id") WHERE "cancellation_id" IS NOT NULL;
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_some_money" CHECK ("amount_minor" > 0);
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_sane" CHECK ("percent" BETWEEN 0 AND 100 AND "base_minor" >= 0
  AND "refund_minor" >= 0 AND "to_voucher_minor" BETWEEN 0 AND "refund_minor" AND cardinality("seats") > 0);

CREATE UNIQUE INDEX "invoices_one_of_a_booking" ON "invoices" ("booking_id") WHERE "kind" = 'INVOICE';
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_kind" CHECK (("kind" = 'CREDIT_NOTE') = ("cancellation_id" IS NOT NULL));

CREATE UNIQUE INDEX "admin_requests_one_open" ON "admin_requests" ("user_id") WHERE "state" = 'PENDING';
CREATE UNIQUE INDEX "users_username_folded" ON "users" (lower("username"));

ALTER TABLE "promo_codes" ADD CONSTRAINT "promo_codes_kind" CHECK (CASE "kind" WHEN 'PERCENT' THEN "percent" BETWEEN 1 AND 100 AND "amount_minor" IS NULL
  ELSE "amount_minor" > 0 AND "percent" IS NULL END AND "starts_at" < "ends_at");
ALTER TABLE "gift_vouchers" ADD CONSTRAINT "gift_vouchers_balance" CHECK ("balance_minor" BETWEEN 0 AND "amount_minor");
ALTER TABLE "voucher_redemptions" ADD CONSTRAINT "voucher_redemptions_sane" CHECK ("amount_minor" > 0 AND "returned_minor" BETWEEN 0 AND "amount_minor");

CREATE FUNCTION "audit_is_only_added_to"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are never changed' USING ERRCODE = 'MQ002';
END $$;
CREATE TRIGGER "audit_entries_only_added_to" BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION "audit_is_only_added_to"();
