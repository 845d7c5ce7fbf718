-- What one holder holds. KEYS as hallKeys. ARGV holder -> {1, until, since, now, "seats"} | {0} nothing | {-1} cold
if not redis.call('HGET', KEYS[1], '@') then return {-1} end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local record = redis.call('HGET', KEYS[1], 'o:' .. ARGV[1])
if not record then return {0} end
local u, s, seats = string.match(record, '^(%d+)|(%d+)|(.*)$')
if tonumber(u) <= now then return {0} end
return {1, tonumber(u), tonumber(s), now, seats}
