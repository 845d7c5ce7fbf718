-- Moves the end of a live hold later, never past its cap. KEYS as hallKeys.
-- ARGV holder, channel, showtime, until at most ms from now, cap ms since the first seat
-- -> {1, until, since, now, "seats"} | {0} no live hold | {-1} cold
local epoch = redis.call('HGET', KEYS[1], '@')
if not epoch then return {-1} end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local record = redis.call('HGET', KEYS[1], 'o:' .. ARGV[1])
if not record then return {0} end
local u, s, seats = string.match(record, '^(%d+)|(%d+)|(.*)$')
u, s = tonumber(u), tonumber(s)
if u <= now then return {0} end
local until_ = math.max(u, math.min(now + tonumber(ARGV[4]), s + tonumber(ARGV[5])))
if until_ > u then
  redis.call('HSET', KEYS[1], 'o:' .. ARGV[1], until_ .. '|' .. s .. '|' .. seats)
  redis.call('ZADD', KEYS[2], until_, ARGV[1])
  redis.call('PUBLISH', ARGV[2], epoch .. ' ' .. redis.call('HINCRBY', KEYS[1], '#', 1) .. ' H ' .. until_ .. ' ' .. seats)
end
return {1, until_, s, now, seats}
