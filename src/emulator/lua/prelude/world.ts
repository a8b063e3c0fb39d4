import type { ByteString } from '../../../model/bytes.ts';

/** The globals of scripts and the guards around them, by version. */
export const WORLD: ByteString = String.raw`
-- In the order in which a server fills it: scripts that walk it see. Some are replaced below.
for name in string.gmatch('_G assert collectgarbage error gcinfo getmetatable load loadstring next pcall rawequal rawget rawset select setmetatable tonumber tostring type unpack xpcall _VERSION ipairs pairs coroutine table string math cjson struct cmsgpack bit redis', '%S+') do
  world[name] = _G[name]
end
world.tostring, world.tonumber = tostringOf, tonumberOf
world._G, world.math, world.redis = world, maths, api
world.cjson = cjson
cjson.decode_array_with_array_mt = nil
if modern then
  world.pcall = native(function(...)
    local function after(ok, first, ...)
      if ok then return ok, first, ... end
      if type(first) == 'table' then
        local text = first.err
        if type(text) == 'string' or type(text) == 'number' then first = text end
      end
      first = unplaced(first)
      return false, first
    end
    if select('#', ...) == 0 then return false, 'attempt to call a boolean value' end
    return after(pcall(...))
  end)
else
  world.pcall = pcall
  world.setfenv, world.getfenv = setfenv, borrow('getfenv')
  world.print = native(function(...)
    for n = 1, select('#', ...) do
      tostring((select(n, ...)))
    end
  end)
  world.newproxy = proxies
end
if level >= 7.4 or valkey ~= '' then
  world.os = {clock = native(function() return tonumber(host('clock')) end)}
end
if valkey ~= '' then world.server = api end

local handler
if modern then
  handler = native(function(err)
    local n = 1
    if host('what', 1) == 'C' then n = 2 end
    local source = host('source', n)
    err = unplaced(err)
    if type(err) ~= 'table' then err = {err = 'ERR ' .. tostring(err)} end
    if source ~= '' then
      err.source = source
      err.line = tonumber(host('line', n))
    end
    return err
  end)
  world.__redis__err__handler = handler
  if valkey ~= '' then world.__server__err__handler = handler end
  local guard = {__index = native(function(t, name)
    if type(name) ~= 'string' and type(name) ~= 'number' then
      fail('Second argument to luaProtectedTableError must be a string or number')
    end
    fail("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'")
  end)}
  setmetatable(world, guard)
  lock(guard)
  for _, part in pairs(world) do
    if type(part) == 'table' and part ~= world then lock(part) end
  end
  lock(getmetatable(''))
  lock(world)
else
  world.__redis__compare_helper = native(function(a, b)
    if a == false then a = '' end
    if b == false then b = '' end
    return a < b
  end)
  local function chunk(text, name)
    return setfenv(loadstring(text, name), {world = world, host = host, type = type, tostring = tostring, error = error, rawget = rawget, rawset = rawset, setmetatable = setmetatable, strip = unplaced, what = native(function() return host('what', 2) end), of = native(function(n) return host('source', n + 1) end), line = native(function(n) return host('line', n + 1) end)})()
  end
  handler = chunk([[
local what, of, line, strip = what, of, line, strip
world.__redis__err__handler = function(err)
  local n = 2 err = strip(err)
  if what() == 'C' then n = 3 end
  local source, at = of(n - 1), line(n - 1)
  if source ~= '' then

    return source .. ':' .. at .. ': ' .. err
  end
  return err
end
return world.__redis__err__handler]], '@err_handler_def')
  chunk([[
local what, error, tostring, rawset, rawget, mt = what, error, tostring, rawset, rawget, {}

setmetatable(world, mt)
mt.__newindex = function(t, n, v)
  local w = what()
  if w == 'Lua' then

    error("Script attempted to create global variable '" .. tostring(n) .. "'", 2)
  end
  rawset(t, n, v)
end
mt.__index = function(t, n)
  local w = what()
  if w ~= '' and w ~= 'C' then
    error("Script attempted to access nonexistent global variable '" .. tostring(n) .. "'", 2)
  end
  return rawget(t, n)
end]], '@enable_strict_lua')
end
`;
