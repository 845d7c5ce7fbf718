-- Frees seats of one holder: the named ones, or all. Never another's, never a sold one.
-- KEYS as hallKeys. ARGV holder, channel, showtime, seat…
-- -> {1, "freed", until, since, now, "left"} | {-1} cold
local epoch = redis.call('HGET', KEYS[1], '@')
if not epoch then return {-1} end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local holder = ARGV[1]
local record = redis.call('HGET', KEYS[1], 'o:' .. holder)
if not record then return {1, '', 0, 0, now, ''} end
local wanted
if #ARGV > 3 then
  wanted = {}
  for i = 4, #ARGV do wanted[ARGV[i]] = true end
end
local u, s, seats = string.match(record, '^(%d+)|(%d+)|(.*)$')
local freed, left = {}, {}
for seat in string.gmatch(seats, '%d+') do
  if wanted and not wanted[seat] then left[#left + 1] = seat
  elseif redis.call('HGET', KEYS[1], seat) == holder then
    freed[#freed + 1] = seat
    redis.call('HDEL', KEYS[1], seat)
    redis.call('SETRANGE', KEYS[3], seat, '0')
  end
end
if #left == 0 then
  redis.call('HDEL', KEYS[1], 'o:' .. holder)
  redis.call('ZREM', KEYS[2], holder)
else
  redis.call('HSET', KEYS[1], 'o:' .. holder, u .. '|' .. s .. '|' .. table.concat(left, ','))
end
if #freed > 0 then
  redis.call('PUBLISH', ARGV[2], epoch .. ' ' .. redis.call('HINCRBY', KEYS[1], '#', 1) .. ' F ' .. table.concat(freed, ','))
end
return {1, table.concat(freed, ','), tonumber(u), tonumber(s), now, table.concat(left, ',')}
