-- Counting seats left asks for the few that are off sale, not for every seat of every showtime.
CREATE INDEX "showtime_seats_blocked" ON "showtime_seats" ("showtime_id", "seat") WHERE "blocked";
