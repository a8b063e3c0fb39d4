import type { ByteString } from '../../../model/bytes.ts';

/** What differs from plain Lua in string, math and tostring. */
export const LIBRARIES: ByteString = String.raw`
local strings, maths = string, math
for _, name in pairs({'format', 'rep'}) do kept[name] = strings[name] end

-- Integers of this machine have 32 bits, those of a server 64.
strings.rep = instead(rep, function(...)
  local _, count = ...
  if type(count) == 'number' and (count > 2147483647 or count < -2147483648) then
    return rep((...), int(count))
  end
  return forward('rep', pcall(rep, ...))
end)
local function wide(spec, value)
  local kind = sub(spec, -1)
  if kind == 'd' or kind == 'i' then
    local text = decimal(value)
    if find(spec, '+', 1, true) and value >= 0 then text = '+' .. text end
    local width = tonumber(string.match(spec, '^%%[ #+]*0[ #+0]*(%d+)')) or 0
    if #text < width then text = gsub(text, '^[-+]?', '%0' .. rep('0', width - #text)) end
    return gsub(gsub(gsub(spec, '[.]%d*', ''), '[di]$', 's'), '^%%[ #+0]+', '%%'), text
  end
  return gsub(gsub(spec, '[.#]%d*', ''), '.$', 's'), host('unsigned', kind, decimal(value))
end
strings.format = instead(format, function(...)
  local large = false
  for n = 2, select('#', ...) do
    local value = tonumber((select(n, ...)))
    if value and (value ~= value or value > 2147483647 or value < -2147483648) then large = true end
    if value and value < 0 then large = true end
  end
  if not large or type((...)) ~= 'string' then return forward('format', pcall(format, ...)) end
  local values, n = {...}, 1
  local count = select('#', ...)
  local pattern = gsub((...), '%%([-+ #0]*%d*%.?%d*)(.)', function(flags, kind)
    if kind == '%' then return nil end
    n = n + 1
    local value = tonumber(values[n])
    if value and find(kind, '[dixXuo]') and (value ~= value or value > 2147483647 or value < (find(kind, '[di]') and -2147483648 or 0)) then
      local spec, text = wide('%' .. flags .. kind, value)
      values[n] = text
      return spec
    end
  end)
  return forward('format', pcall(format, pattern, unpack(values, 2, count)))
end)

-- Addresses as a 64-bit process has them.
local heap = 0
local tostringOf = instead(tostring, function(...)
  local text = forward('tostring', pcall(tostring, ...))
  local meta = getmetatable((...))
  if type(meta) == 'table' and rawget(meta, '__tostring') ~= nil then return text end
  return (gsub(text, '0x(%x+)$', function(at)
    return host('address', tonumber(at, 16) + heap)
  end))
end, 'reference')

-- The generator of Redis: 48 bits, the same on every machine.
local x0, x1, x2 = 0x330E, 0xABCD, 0x1234
local function seed(value)
  value = int(value) % 4294967296
  x0, x1, x2 = 0x330E, value % 65536, floor(value / 65536)
end
local function draw()
  local p0 = x0 * 0xE66D + 0xB
  local p1 = x1 * 0xE66D + x0 * 0xDEEC + floor(p0 / 65536)
  x2 = (x2 * 0xE66D + x1 * 0xDEEC + x0 * 5 + floor(p1 / 65536)) % 65536
  x1, x0 = p1 % 65536, p0 % 65536
  return floor((x2 * 65536 + x1) / 2)
end
maths.random = native(function(...)
  local r = draw() % 2147483647 / 2147483647
  local count = select('#', ...)
  if count == 0 then return r end
  if count == 1 then
    local most = int(number(..., 1, 'random'))
    if most < 1 then badArgument(1, 'random', 'interval is empty') end
    return floor(r * most) + 1
  end
  if count > 2 then fail('wrong number of arguments') end
  local from, to = ...
  from, to = int(number(from, 1, 'random')), int(number(to, 2, 'random'))
  if from > to then badArgument(2, 'random', 'interval is empty') end
  return floor(r * (to - from + 1)) + from
end)
maths.randomseed = native(function(value)
  seed(number(value, 1, 'randomseed'))
end)
`;
