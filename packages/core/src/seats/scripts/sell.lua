-- Shows seats as sold. Postgres has decided, so this never refuses; twice is once. KEYS as hallKeys.
-- ARGV channel, seat… -> {1} | {-1} cold: the rebuild will read it
local epoch = redis.call('HGET', KEYS[1], '@')
if not epoch then return {-1} end
local set, changed, sold = {}, {}, {}
for i = 2, #ARGV do
  local seat = ARGV[i]
  local v = redis.call('HGET', KEYS[1], seat)
  if v ~= 'S' then
    set[#set + 1] = seat
    set[#set + 1] = 'S'
    changed[#changed + 1] = seat
    sold[seat] = true
    redis.call('SETRANGE', KEYS[3], seat, '2')
  end
  if v and v ~= 'S' and v ~= 'B' then sold['holder ' .. v] = v end
end
if #changed == 0 then return {1} end
redis.call('HSET', KEYS[1], unpack(set))
for _, holder in pairs(sold) do
  if holder ~= true then
    local record = redis.call('HGET', KEYS[1], 'o:' .. holder)
    if record then
      local u, s, seats = string.match(record, '^(%d+)|(%d+)|(.*)$')
      local left = {}
      for seat in string.gmatch(seats, '%d+') do
        if not sold[seat] then left[#left + 1] = seat end
      end
      if #left == 0 then
        redis.call('HDEL', KEYS[1], 'o:' .. holder)
        redis.call('ZREM', KEYS[2], holder)
      else
        redis.call('HSET', KEYS[1], 'o:' .. holder, u .. '|' .. s .. '|' .. table.concat(left, ','))
      end
    end
  end
end
redis.call('PUBLISH', ARGV[1], epoch .. ' ' .. redis.call('HINCRBY', KEYS[1], '#', 1) .. ' S ' .. table.concat(changed, ','))
return {1}
