import type { ByteString } from '../../../model/bytes.ts';

/** tonumber, struct and cmsgpack where 32 bits show. */
export const WIDE: ByteString = String.raw`
local tonumberOf = instead(tonumber, function(...)
  local text, base = ...
  local chosen = base == nil and 10 or tonumber(base)
  local readable = type(text) == 'string' or type(text) == 'number'
  if readable and chosen then
    chosen = int(chosen)
    if chosen == 10 then
      if find(text, '^%s*[-+]?0[xX]%s*$') or find(text, '^%s*[-+]?0[xX]%s*%z') then return nil end
    elseif chosen >= 2 and chosen <= 36 then
      return tonumber(host('base', tostring(text), tostring(chosen)))
    end
  end
  return forward('tonumber', pcall(tonumber, ...))
end, 'hex')

local structs = {pack = struct.pack, unpack = struct.unpack, size = struct.size}
kept[#kept + 1] = structs
-- Sizes of a 64-bit machine, for the functions of this one.
local function sized(pattern)
  return (gsub(gsub(pattern, 'l', 'i8'), '[LT]', 'I8'))
end
-- What a format says, one at a time: option, its number as text, size when it is an integer wider than 32 bits.
local function options(pattern)
  return string.gmatch(sized(pattern), '(.)(%d*)')
end
local function wideSize(option, digits)
  local size = tonumber(digits)
  return (option == 'i' or option == 'I') and size and size > 4 and size <= 32 and size
end
local function packWide(pattern, ...)
  local out, order, n = {}, '<', 0
  local given = {...}
  for option, digits in options(pattern) do
    local size = wideSize(option, digits)
    if option == '<' or option == '>' then
      order = option
    elseif size then
      n = n + 1
      local value = tonumber(given[n])
      if not value then error('') end
      out[#out + 1] = host('integer', format('%.17g', value), tostring(size), order)
    elseif option == 'x' then
      out[#out + 1] = '\0'
    elseif option ~= ' ' then
      n = n + 1
      out[#out + 1] = structs.pack(order .. option .. digits, given[n])
    end
  end
  return concat(out)
end
local function unpackWide(pattern, text, at)
  local out, order, n = {}, '<', 0
  at = at or 1
  for option, digits in options(pattern) do
    local size = wideSize(option, digits)
    if option == '<' or option == '>' then
      order = option
    elseif size then
      local bytes
      bytes, at = structs.unpack('c' .. size, text, at)
      n = n + 1
      out[n] = tonumber(host('number', bytes, option, order))
    elseif option == 'c' and tonumber(digits) == 0 then
      if type(out[n]) ~= 'number' then error('') end
      size = floor(out[n])
      if size == 0 then out[n] = '' else out[n], at = structs.unpack('c' .. format('%.0f', size), text, at) end
    elseif option ~= ' ' then
      local value, after = structs.unpack(order .. option .. digits, text, at)
      if after == nil then
        at = value
      else
        n = n + 1
        out[n], at = value, after
      end
    end
  end
  out[n + 1] = at
  return true, unpack(out, 1, n + 1)
end
local function widened(name, f)
  struct[name] = instead(structs[name], function(pattern, ...)
    if type(pattern) == 'string' then
      -- Alignment, and what is wrong with a call, are the machine's own affair.
      if f and not find(pattern, '!', 1, true) then
        local results = {pcall(f, pattern, ...)}
        if results[1] then
          if name == 'pack' then return results[2] end
          return unpack(results, 3)
        end
      end
      pattern = sized(pattern)
    end
    return forward(name, pcall(structs[name], pattern, ...))
  end, 'format')
end
widened('size')
widened('pack', packWide)
widened('unpack', unpackWide)

local pack = cmsgpack.pack
cmsgpack.pack = instead(pack, function(...)
  local out, count = {}, select('#', ...)
  for n = 1, count do
    local value = select(n, ...)
    if type(value) == 'number' and (value >= 2^63 or value < -2^63) and value - value == 0 then
      out[n] = host('packed', format('%.17g', value))
    else
      out[n] = forward('pack', pcall(pack, value))
    end
  end
  return concat(out)
end, 'huge')

local dump = string.dump
strings.dump = native(function(...)
  return host('dumped', forward('dump', pcall(dump, ...)))
end)
`;
