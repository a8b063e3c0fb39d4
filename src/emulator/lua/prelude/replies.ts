import type { ByteString } from '../../../model/bytes.ts';

/** Values of Lua as replies. */
export const REPLIES: ByteString = String.raw`
-- Values to RESP, in the protocol of the client that asked ('wire').
local world = {}
local function lua(value, wire, out)
  local n = #out + 1
  local kind = type(value)
  if kind == 'string' then
    out[n] = '$' .. #value .. '\r\n'
    out[n + 1] = value
    out[n + 2] = '\r\n'
  elseif kind == 'number' then
    out[n] = ':' .. decimal(value) .. '\r\n'
  elseif kind == 'boolean' then
    if resp < 3 then
      out[n] = value and ':1\r\n' or (wire == 3 and '_\r\n' or '$-1\r\n')
    elseif wire == 3 then
      out[n] = value and '#t\r\n' or '#f\r\n'
    else
      out[n] = value and ':1\r\n' or ':0\r\n'
    end
  elseif kind == 'table' then
    local get = (modern or value == world) and rawget or function(t, k) return t[k] end
    local special = get(value, 'err')
    if type(special) == 'string' then
      out[n] = '-' .. gsub(gsub(special, '%z.*', ''), '[\r\n]', ' ') .. '\r\n'
      return
    end
    special = get(value, 'ok')
    if type(special) == 'string' then
      out[n] = '+' .. gsub(gsub(special, '%z.*', ''), '[\r\n]', ' ') .. '\r\n'
      return
    end
    special = get(value, 'double')
    if type(special) == 'number' then
      local text = format('%.17g', special)
      if level >= 7.2 then text = special ~= special and 'nan' or host('double', text) end
      out[n] = wire == 3 and ',' .. text .. '\r\n' or '$' .. #text .. '\r\n' .. text .. '\r\n'
      return
    end
    special = get(value, 'map')
    if type(special) == 'table' then
      local count = 0
      for _ in next, special do count = count + 1 end
      out[n] = wire == 3 and '%' .. count .. '\r\n' or '*' .. 2 * count .. '\r\n'
      for field, item in next, special do
        lua(field, wire, out)
        lua(item, wire, out)
      end
      return
    end
    special = get(value, 'set')
    if type(special) == 'table' then
      local count = 0
      for _ in next, special do count = count + 1 end
      out[n] = (wire == 3 and '~' or '*') .. count .. '\r\n'
      for item in next, special do lua(item, wire, out) end
      return
    end
    if modern then
      special = get(value, 'big_number')
      if type(special) == 'string' then
        special = gsub(special, '[\r\n]', ' ')
        out[n] = wire == 3 and '(' .. special .. '\r\n' or '$' .. #special .. '\r\n' .. special .. '\r\n'
        return
      end
      special = get(value, 'verbatim_string')
      if type(special) == 'table' and type(rawget(special, 'string')) == 'string' and type(rawget(special, 'format')) == 'string' then
        local text = special.string
        out[n] = wire == 3 and '=' .. #text + 4 .. '\r\n' .. sub(special.format .. '   ', 1, 3) .. ':' .. text .. '\r\n'
          or '$' .. #text .. '\r\n' .. text .. '\r\n'
        return
      end
    end
    local count = 0
    while true do
      local item = get(value, count + 1)
      if item == nil then break end
      count = count + 1
      lua(item, wire, out)
    end
    for at = #out, n, -1 do out[at + 1] = out[at] end
    out[n] = '*' .. count .. '\r\n'
  else
    out[n] = wire == 3 and '_\r\n' or '$-1\r\n'
  end
end
`;
