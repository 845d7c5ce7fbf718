-- Shows ended holds as free. For the screens only: hold.lua already treats an ended hold as free. KEYS as hallKeys.
-- ARGV channel, showtime, most holders -> {freed seats, next end or 0}
local epoch = redis.call('HGET', KEYS[1], '@')
if not epoch then
  redis.call('ZREM', KEYS[4], ARGV[2])
  return {0, 0}
end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local ended = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[3])
local freed = {}
for i = 1, #ended do
  local holder = ended[i]
  local record = redis.call('HGET', KEYS[1], 'o:' .. holder)
  local until_, seats = string.match(record or '', '^(%d+)|%d+|(.*)$')
  if record and tonumber(until_) > now then -- it went on: its record says how long
    redis.call('ZADD', KEYS[2], until_, holder)
  else
    for seat in string.gmatch(seats or '', '%d+') do
      if redis.call('HGET', KEYS[1], seat) == holder then -- somebody else may hold it by now
        freed[#freed + 1] = seat
        redis.call('HDEL', KEYS[1], seat)
        redis.call('SETRANGE', KEYS[3], seat, '0')
      end
    end
    redis.call('HDEL', KEYS[1], 'o:' .. holder)
    redis.call('ZREM', KEYS[2], holder)
  end
end
if #freed > 0 then
  redis.call('PUBLISH', ARGV[1], epoch .. ' ' .. redis.call('HINCRBY', KEYS[1], '#', 1) .. ' F ' .. table.concat(freed, ','))
end
local first = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
if first[2] then redis.call('ZADD', KEYS[4], first[2], ARGV[2]) else redis.call('ZREM', KEYS[4], ARGV[2]) end
return {#freed, tonumber(first[2] or 0)}
