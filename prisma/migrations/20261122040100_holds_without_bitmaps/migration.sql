-- A hall's claims are few and lie together: putting a bitmap of them together first cost a seventh of a hold.
ALTER FUNCTION "hold_seats"(uuid, int[], text, int, int, int) SET enable_bitmapscan = off;
