-- Fills a cold hall from what Postgres says. Takes effect only while it is still cold, so two processes may race here.
-- KEYS as hallKeys. ARGV epoch, showtime, keys end at ms, map, JSON {sold, blocked, holds: [{holder, until, since, seats}]}
-- -> 1 rebuilt | 0 somebody else was first
if redis.call('HEXISTS', KEYS[1], '@') == 1 and redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
local state = cjson.decode(ARGV[5])
redis.call('SET', KEYS[3], ARGV[4])
for _, seat in ipairs(state.sold) do redis.call('HSET', KEYS[1], seat, 'S') end
for _, seat in ipairs(state.blocked) do redis.call('HSET', KEYS[1], seat, 'B') end
for _, hold in ipairs(state.holds) do
  for _, seat in ipairs(hold.seats) do redis.call('HSET', KEYS[1], seat, hold.holder) end
  redis.call('HSET', KEYS[1], 'o:' .. hold.holder,
    string.format('%d|%d|', hold['until'], hold.since) .. table.concat(hold.seats, ','))
  redis.call('ZADD', KEYS[2], hold['until'], hold.holder)
  redis.call('ZADD', KEYS[4], 'LT', hold['until'], ARGV[2])
end
redis.call('HSET', KEYS[1], '@', ARGV[1], '#', 0)
for i = 1, 3 do redis.call('PEXPIREAT', KEYS[i], ARGV[3]) end
return 1
