ALTER TABLE "listing_sources" ADD COLUMN "interval_seconds" INTEGER;
