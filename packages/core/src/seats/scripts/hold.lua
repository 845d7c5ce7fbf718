-- Holds seats, once or several times in one call: each time for one holder, all seats or none, whatever becomes of the others.
-- KEYS 1 sorted set: showtime by its earliest end; then four for each hold:
--      hash: seat -> holder | "S" sold | "B" off sale; "o:<holder>" -> "until|since|seat,seat,…"; "@" epoch; "#" sequence
--      sorted set: holder by when its hold ends at the earliest   one byte a seat   sorted set: what one place has begun to hold, by when
-- ARGV 1 prefix of the channels; then four for each hold: holder, showtime, terms, "seat,seat,…"
--      terms "ttl cap grace most places window": ms, ms since the first seat, ms past the cap (payments only), most seats,
--      most holds begun in one place (0: not counted), ms they count
-- -> a line for each: "1 until since now seat,…" | "0 refused seat,…" | "-1" cold | "-2" too many seats | "-3" the cap is
--    reached | "-4" too many begun from there | "E what went wrong"
local call, gmatch, concat = redis.call, string.gmatch, table.concat
local t = call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)

-- Writing a number out costs as much as a call, and most of these holds end at the same moment.
local texts = setmetatable({}, {__index = function(all, number)
  all[number] = string.format('%.0f', number)
  return all[number]
end})
local read_terms = {}
local function termsOf(text)
  local terms = read_terms[text]
  if not terms then
    terms = {}
    for number in gmatch(text, '%S+') do terms[#terms + 1] = tonumber(number) end
    read_terms[text] = terms
  end
  return unpack(terms)
end

local function hold(hall_key, ends_key, map_key, begun_key, holder, showtime, terms, wanted)
  local ttl, cap, grace, most, places, window = termsOf(terms)
  local seats = {}
  for seat in gmatch(wanted, '%d+') do seats[#seats + 1] = seat end
  -- All that is read of the hall, at once: each call from here costs about as much as the rest of a line.
  local hall = call('HMGET', hall_key, '@', '#', 'o:' .. holder, unpack(seats))
  local epoch, seq, record = hall[1], tonumber(hall[2] or 0), hall[3]
  if not epoch then return '-1' end -- never "all free": rebuild from Postgres first

  local refused
  for i = 1, #seats do
    local v = hall[i + 3]
    if v and v ~= holder then
      local taken = v == 'S' or v == 'B'
      if not taken then
        local other = call('HGET', hall_key, 'o:' .. v)
        taken = other and tonumber(string.match(other, '^%d+')) > now
      end
      if taken then refused = (refused and refused .. ',' or '0 ') .. seats[i] end
    end
  end
  if refused then return refused end

  local list, count, known, since, before = nil, 0, {}, now, 0
  local lapsed
  if record then
    local u, s, theirs = string.match(record, '^(%d+)|(%d+)|(.*)$')
    if tonumber(u) > now then
      before, since, list = tonumber(u), tonumber(s), theirs
      for seat in gmatch(theirs, '%d+') do known[seat] = true; count = count + 1 end
    else
      for seat in gmatch(theirs, '%d+') do
        if call('HGET', hall_key, seat) == holder then
          lapsed = lapsed or {}
          lapsed[#lapsed + 1] = seat
        end
      end
    end
  end
  local added
  for i = 1, #seats do
    local seat = seats[i]
    -- Also written again when the hall says something else than the record: after Redis's clock went back, an ended hold
    -- may live again whose seats others had meanwhile.
    if not known[seat] or hall[i + 3] ~= holder then
      added = added or {}
      added[#added + 1] = seat
    end
    if not known[seat] then
      known[seat] = true
      count = count + 1
      list = list and list .. ',' .. seat or seat
    end
  end
  list = list or ''
  if count > most then return '-2' end
  local until_ = math.min(now + ttl, since + cap)
  if grace > 0 then until_ = math.min(math.max(since + cap, now + grace), since + cap + grace) end
  if until_ <= now then return '-3' end
  until_ = math.max(until_, before)

  if before == 0 and places > 0 then -- a hold that begins; whoever goes on with one is not counted again
    local begun = call('ZCARD', begun_key)
    if begun >= places then
      call('ZREMRANGEBYSCORE', begun_key, '-inf', now - window)
      begun = call('ZCARD', begun_key)
    end
    local this = showtime .. holder
    if begun >= places and not call('ZSCORE', begun_key, this) then return '-4' end
    call('ZADD', begun_key, texts[now], this)
    call('PEXPIRE', begun_key, window)
  end

  local channel = ARGV[1] .. showtime
  if lapsed then -- an older hold of this holder ended unseen: what it does not take again is free
    local free = {}
    for i = 1, #lapsed do
      if not known[lapsed[i]] then
        free[#free + 1] = lapsed[i]
        call('HDEL', hall_key, lapsed[i])
        call('SETRANGE', map_key, lapsed[i], '0')
      end
    end
    if #free > 0 then
      seq = seq + 1
      call('PUBLISH', channel, epoch .. ' ' .. seq .. ' F ' .. concat(free, ','))
    end
  end
  seq = seq + 1
  local ends = texts[until_]
  local set = {'#', seq, 'o:' .. holder, ends .. '|' .. texts[since] .. '|' .. list}
  if added then
    for i = 1, #added do
      set[#set + 1] = added[i]
      set[#set + 1] = holder
      call('SETRANGE', map_key, added[i], '1')
    end
  end
  call('HSET', hall_key, unpack(set))
  -- Whoever goes on with a hold never ends earlier: when the first end comes up, sweep.lua finds the later one.
  if before == 0 then
    call('ZADD', ends_key, ends, holder)
    call('ZADD', KEYS[1], 'LT', ends, showtime)
  end
  call('PUBLISH', channel, epoch .. ' ' .. seq .. ' H ' .. ends .. ' ' .. list)
  return '1 ' .. ends .. ' ' .. texts[since] .. ' ' .. texts[now] .. ' ' .. list
end

local answers = {}
for i = 2, #KEYS, 4 do
  local ok, answer = pcall(hold, KEYS[i], KEYS[i + 1], KEYS[i + 2], KEYS[i + 3], unpack(ARGV, i, i + 3))
  if not ok then answer = 'E ' .. string.gsub(type(answer) == 'table' and answer.err or answer, '%c', ' ') end
  answers[#answers + 1] = answer
end
return concat(answers, '\n')
