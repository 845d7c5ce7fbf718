-- Shows sold seats as free: their sale was undone. Only what is marked sold; a hold, a seat off sale or a free one stays as
-- it is, and twice is once. KEYS as hallKeys. ARGV channel, seat… -> {1, freed seat…} | {-1} cold: the rebuild will read it
local epoch = redis.call('HGET', KEYS[1], '@')
if not epoch then return {-1} end
local reply, freed = {1}, {}
for i = 2, #ARGV do
  if redis.call('HGET', KEYS[1], ARGV[i]) == 'S' then
    redis.call('HDEL', KEYS[1], ARGV[i])
    redis.call('SETRANGE', KEYS[3], ARGV[i], '0')
    freed[#freed + 1] = ARGV[i]
    reply[#reply + 1] = tonumber(ARGV[i])
  end
end
if #freed > 0 then
  redis.call('PUBLISH', ARGV[1], epoch .. ' ' .. redis.call('HINCRBY', KEYS[1], '#', 1) .. ' F ' .. table.concat(freed, ','))
end
return reply
