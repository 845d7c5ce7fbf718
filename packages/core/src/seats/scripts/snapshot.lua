-- The hall in one read. KEYS as hallKeys. -> {1, epoch, seq, map, until, "seats", until, "seats", …} | {-1} cold
local head = redis.call('HMGET', KEYS[1], '@', '#')
local map = redis.call('GET', KEYS[3])
if not head[1] or not map then return {-1} end
local out = {1, head[1], tonumber(head[2] or 0), map}
for _, holder in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  local record = redis.call('HGET', KEYS[1], 'o:' .. holder)
  if record then
    local u, seats = string.match(record, '^(%d+)|%d+|(.*)$')
    out[#out + 1] = tonumber(u)
    out[#out + 1] = seats
  end
end
return out
