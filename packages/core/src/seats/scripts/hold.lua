-- Holds seats for one holder: all of them or none.
-- KEYS 1 hash: seat -> holder | "S" sold | "B" off sale; "o:<holder>" -> "until|since|seat,seat,…"; "@" epoch; "#" sequence
--      2 sorted set: holder by the end of its hold   3 one byte a seat   4 sorted set: showtime by its earliest end
--      5 sorted set: what one place has begun to hold, by when
-- ARGV holder, channel, showtime, ttl ms, cap ms since the first seat, grace ms past the cap (payments only), most seats,
--      most holds begun in one place (0: not counted), ms they count, seat…
-- -> {1, until, since, now, "seat,…"} | {0, refused seat…} | {-1} cold | {-2} too many seats | {-3} the cap is reached
--    | {-4} too many begun from there
local holder, channel = ARGV[1], ARGV[2]
local n = #ARGV
-- All that is read of the hall, at once: each call from here costs about as much as the rest of a line.
local hall = redis.call('HMGET', KEYS[1], '@', '#', 'o:' .. holder, unpack(ARGV, 10, n))
local epoch, seq, record = hall[1], tonumber(hall[2] or 0), hall[3]
if not epoch then return {-1} end -- never "all free": rebuild from Postgres first
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local ttl, cap, grace, most = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])

local refused = {0}
for i = 1, n - 9 do
  local v = hall[i + 3]
  if v and v ~= holder then
    if v == 'S' or v == 'B' then refused[#refused + 1] = ARGV[i + 9]
    else
      local other = redis.call('HGET', KEYS[1], 'o:' .. v)
      if other and tonumber(string.match(other, '^%d+')) > now then refused[#refused + 1] = ARGV[i + 9] end
    end
  end
end
if #refused > 1 then return refused end

local mine, known, since, before = {}, {}, now, 0
local lapsed = {}
if record then
  local u, s, seats = string.match(record, '^(%d+)|(%d+)|(.*)$')
  if tonumber(u) > now then
    before, since = tonumber(u), tonumber(s)
    for seat in string.gmatch(seats, '%d+') do mine[#mine + 1] = seat; known[seat] = true end
  else
    for seat in string.gmatch(seats, '%d+') do
      if redis.call('HGET', KEYS[1], seat) == holder then lapsed[#lapsed + 1] = seat end
    end
  end
end
for i = 10, n do
  if not known[ARGV[i]] then mine[#mine + 1] = ARGV[i]; known[ARGV[i]] = true end
end
if #mine > most then return {-2} end
local until_ = math.min(now + ttl, since + cap)
if grace > 0 then until_ = math.min(math.max(since + cap, now + grace), since + cap + grace) end
if until_ <= now then return {-3} end
until_ = math.max(until_, before)

local places, window = tonumber(ARGV[8]), tonumber(ARGV[9])
if before == 0 and places > 0 then -- a hold that begins; whoever goes on with one is not counted again
  local begun = redis.call('ZCARD', KEYS[5])
  if begun >= places then
    redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', now - window)
    begun = redis.call('ZCARD', KEYS[5])
  end
  local this = ARGV[3] .. holder
  if begun >= places and not redis.call('ZSCORE', KEYS[5], this) then return {-4} end
  redis.call('ZADD', KEYS[5], now, this)
  redis.call('PEXPIRE', KEYS[5], window)
end

if #lapsed > 0 then -- an older hold of this holder ended unseen: what it does not take again is free
  local free = {}
  for i = 1, #lapsed do
    if not known[lapsed[i]] then
      free[#free + 1] = lapsed[i]
      redis.call('HDEL', KEYS[1], lapsed[i])
      redis.call('SETRANGE', KEYS[3], lapsed[i], '0')
    end
  end
  if #free > 0 then
    seq = seq + 1
    redis.call('PUBLISH', channel, epoch .. ' ' .. seq .. ' F ' .. table.concat(free, ','))
  end
end
local list = table.concat(mine, ',')
seq = seq + 1
local set = {'#', seq, 'o:' .. holder, until_ .. '|' .. since .. '|' .. list}
for i = 10, n do
  set[#set + 1] = ARGV[i]
  set[#set + 1] = holder
  redis.call('SETRANGE', KEYS[3], ARGV[i], '1')
end
redis.call('HSET', KEYS[1], unpack(set))
redis.call('ZADD', KEYS[2], until_, holder)
redis.call('ZADD', KEYS[4], 'LT', until_, ARGV[3])
redis.call('PUBLISH', channel, epoch .. ' ' .. seq .. ' H ' .. until_ .. ' ' .. list)
return {1, until_, since, now, list}
