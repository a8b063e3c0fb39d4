import type { ByteString } from '../../../model/bytes.ts';

/** The libraries of FUNCTION LOAD, from 7.0 on. */
export const FUNCTIONS: ByteString = String.raw`
-- Libraries have a world of their own: while one loads it sees little but redis.register_function.
local libraries, registering = {}, nil
local library, onLoad, onRun, known = {}, {}, {}, {}
if modern then
  local server = valkey ~= '' and 'server' or 'redis'
  for name, value in pairs(world) do
    if not find(name, 'err__handler', 1, true) then onRun[name] = value end
  end
  local running, loading = ordered(REGISTERED), {}
  for _, name in pairs({'breakpoint', 'debug', 'replicate_commands'}) do running[name] = nil end
  for name, value in pairs(running) do
    if type(value) ~= 'function' and not find(name, 'REPL_', 1, true) then loading[name] = value end
  end
  loading.log = api.log
  local function named(given)
    local one = {flags = ''}
    for key, value in pairs(given) do
      if type(key) ~= 'string' then raiseText('named argument key given to ' .. server .. '.register_function is not a string') end
      if key == 'function_name' then
        if type(value) ~= 'string' and type(value) ~= 'number' then raiseText('function_name argument given to ' .. server .. '.register_function must be a string') end
        one.name = tostring(value)
      elseif key == 'description' then
        if type(value) ~= 'string' and type(value) ~= 'number' then raiseText('description argument given to ' .. server .. '.register_function must be a string') end
        one.description = tostring(value)
      elseif key == 'callback' then
        if type(value) ~= 'function' then raiseText('callback argument given to ' .. server .. '.register_function must be a function') end
        one.callback = value
      elseif key == 'flags' then
        if type(value) ~= 'table' then raiseText('flags argument to ' .. server .. '.register_function must be a table representing function flags') end
        local flags = {}
        for n = 1, #value do
          local flag = value[n]
          if not ({['no-writes'] = 1, ['allow-oom'] = 1, ['allow-stale'] = 1, ['no-cluster'] = 1, ['allow-cross-slot-keys'] = 1})[flag] then raiseText('unknown flag given') end
          flags[n] = flag
        end
        one.flags = concat(flags, ',')
      else
        raiseText('unknown argument given to ' .. server .. '.register_function')
      end
    end
    if not one.name then raiseText(server .. '.register_function must get a function name argument') end
    if not one.callback then raiseText(server .. '.register_function must get a callback argument') end
    return one
  end
  loading.register_function = native(function(...)
    local count = select('#', ...)
    local first, second = ...
    if count < 1 or count > 2 then raiseText('wrong number of arguments to ' .. server .. '.register_function') end
    local one
    if count == 1 then
      if type(first) ~= 'table' then raiseText('calling ' .. server .. '.register_function with a single argument is only applicable to Lua table (representing named arguments).') end
      one = named(first)
    else
      if type(first) ~= 'string' and type(first) ~= 'number' then raiseText('first argument to ' .. server .. '.register_function must be a string') end
      if type(second) ~= 'function' then raiseText('second argument to ' .. server .. '.register_function must be a function') end
      one = {name = tostring(first), callback = second, flags = ''}
    end
    if not find(one.name, '^[%w_]+$') then
      raiseText('Library names can only contain letters, numbers, or underscores(_) and must be at least one character long')
    end
    for n = 1, #registering do
      if registering[n].name == one.name then raiseText('Function already exists in the library') end
    end
    registering[#registering + 1] = one
  end)
  local missing = getmetatable(world).__index
  setmetatable(loading, {__index = missing})
  onRun.redis, onLoad.redis = running, loading
  if valkey ~= '' then onRun.server, onLoad.server = running, loading end
  onRun._G = onRun
  setmetatable(onRun, {__index = missing})
  local guard = {__index = native(function(_, name)
    local value = rawget(registering and onLoad or onRun, name)
    if value == nil then fail("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'") end
    return value
  end)}
  setmetatable(library, guard)
  for _, part in pairs({running, loading, onRun, guard, getmetatable(onRun), getmetatable(loading), library}) do lock(part) end
end

local function register(name, body)
  local made, message = loadstring(body, '@user_function')
  if not made then return nil, host('uncompiled', message) end
  setfenv(made, library)
  registering = {}
  local ok, err = xpcall(made, handler)
  local found = registering
  registering = nil
  if not ok then
    return nil, host('failed', 'library', type(err) == 'table' and type(err.err) == 'string' and err.err or tostring(err), '', '')
  end
  local one = {body = body}
  for n = 1, #found do one[found[n].name] = found[n] end
  return one, found
end
local function loadLibrary(name, body)
  local made, found = register(name, body)
  if not made then return found end
  known[name] = made
  local told = {}
  for n = 1, #found do
    told[#told + 1] = found[n].name
    told[#told + 1] = found[n].flags
    told[#told + 1] = found[n].description and '1' .. found[n].description or '0'
  end
  host('functions', unpack(told))
  return '+OK\r\n'
end
`;
