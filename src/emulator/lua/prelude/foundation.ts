import type { ByteString } from '../../../model/bytes.ts';

/** What the rest of the prelude stands on: natives, places of errors, numbers as a 64-bit machine has them. */
export const FOUNDATION: ByteString = String.raw`
local host, level, valkey, version, versionNumber = redis.pcall, tonumber(ARGV[2]), ARGV[3], ARGV[4], tonumber(ARGV[5])
local compatible, compatibleNumber = ARGV[6], tonumber(ARGV[7])
local modern = level >= 7
local type, tostring, tonumber, select, unpack, pairs, next = type, tostring, tonumber, select, unpack, pairs, next
local rawget, rawset, error, pcall, xpcall, setmetatable, getmetatable = rawget, rawset, error, pcall, xpcall, setmetatable, getmetatable
local loadstring, collectgarbage, wrap, concat = loadstring, collectgarbage, coroutine.wrap, table.concat
local format, rep, gsub, byte, sub, find, floor, ceil = string.format, string.rep, string.gsub, string.byte, string.sub, string.find, math.floor, math.ceil
local kept = {}
local function closure()
  return wrap(function() end)
end
local function native(f)
  local made = closure()
  host('native', tostring(made), tostring(f))
  kept[#kept + 1] = f
  return made
end
-- A native that leaves calls with ordinary arguments to the function it replaces: see 'originals' in lua-machine.ts.
local function instead(original, f, unless)
  local made = native(f)
  host('instead', tostring(made), tostring(original), unless or 'wide')
  kept[#kept + 1] = original
  return made
end
local function borrow(name)
  local made = closure()
  host('borrow', tostring(made), name)
  return made
end
-- newproxy, with the weak table of what it has made.
local proxies, made = closure(), setmetatable({}, {__mode = 'k'})
kept[1] = made
host('proxies', tostring(proxies), tostring(made))
local function lock(t)
  host('lock', tostring(t))
end
local setfenv = borrow('setfenv')
for _, part in pairs(_G) do
  if type(part) == 'table' then host('unlock', tostring(part)) end
end
host('unlock', tostring(getmetatable('')))

local function where(n)
  return host('where', n)
end
-- As luaL_error.
local function fail(message)
  error(where(1) .. message, 0)
end
local function badArgument(n, name, message)
  fail("bad argument #" .. n .. " to '" .. name .. "' (" .. message .. ")")
end
-- An error out of a library function that was called for somebody else: it names this file.
local function adopt(message)
  if type(message) == 'string' and byte(message) == 1 then
    return where(1) .. sub(message, find(message, ': ', 1, true) + 2)
  end
  return message
end
-- Functions whose own errors have the place of the call, and which call nobody.
local placed = {dump = true, pack = true, unpack = true, size = true}
local function forward(name, ok, ...)
  if ok then return ... end
  local message = ...
  if type(message) == 'string' and find(message, "^bad argument #%d+ to '%?'") then
    message = where(1) .. gsub(message, '%?', name, 1)
  elseif type(message) == 'string' and placed[name] then
    message = where(1) .. message
  end
  error(adopt(message), 0)
end
-- A level that lies in this file, which no script should see.
local function unplaced(message)
  if type(message) == 'string' and byte(message) == 1 then return sub(message, find(message, ': ', 1, true) + 2) end
  return message
end
local function number(value, n, name)
  local read = tonumber(value)
  if read == nil or (type(value) ~= 'number' and type(value) ~= 'string') then
    badArgument(n, name, 'number expected, got ' .. (value == nil and 'no value' or type(value)))
  end
  return read
end
-- A double as a C int of a 64-bit machine.
local function int(value)
  if value ~= value or value >= 9223372036854775808 or value < -9223372036854775808 then return 0 end
  value = (value < 0 and ceil(value) or floor(value)) % 4294967296
  return value >= 2147483648 and value - 4294967296 or value
end
-- A double as a signed 64-bit integer in decimal.
local function decimal(value)
  if value ~= value or value >= 9223372036854775808 or value < -9223372036854775808 then
    return '-9223372036854775808'
  end
  local text = format('%.0f', value < 0 and ceil(value) or floor(value))
  return text == '-0' and '0' or text
end
`;
