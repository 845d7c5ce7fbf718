-- AlterTable
ALTER TABLE "otp_challenges" ADD COLUMN     "network" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "otp_challenges_network_last_sent_at_idx" ON "otp_challenges"("network", "last_sent_at" DESC);

-- CreateIndex
CREATE INDEX "otp_challenges_last_sent_at_idx" ON "otp_challenges"("last_sent_at");
