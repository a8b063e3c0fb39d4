import type { ByteString } from '../../../model/bytes.ts';

/** The table `redis`, worded by version. */
export const API: ByteString = String.raw`
local words
if valkey ~= '' then
  words = {
    none = 'Please specify at least one argument for this call',
    kinds = 'Command arguments must be strings or integers',
  }
elseif modern then
  words = {
    none = 'Please specify at least one argument for this redis lib call',
    kinds = 'Lua redis lib command arguments must be strings or integers',
  }
else
  words = {
    none = 'Please specify at least one argument for redis.call()',
    kinds = 'Lua redis() command arguments must be strings or integers',
  }
end
-- The table of an error that the server itself found wrong with a call.
local function errorTable(text)
  if modern then
    if byte(text) ~= 45 then return {err = 'ERR ' .. text} end
    local space = find(text, ' ', 1, true)
    if not space then return {err = 'ERR ' .. sub(text, 2)} end
    text = gsub(gsub(text, '[\r\n]+$', ''), '^(%S+ )[\r\n]+', '%1')
    return {err = sub(text, 2)}
  end
  local source, line = host('source', 1), host('line', 1)
  return {err = source == '' and text or source .. ': ' .. line .. ': ' .. text}
end
local function raise(value)
  if modern then error(value, 0) end
  error(value.err, 0)
end
local function raiseText(text)
  if not modern then error(text, 0) end
  raise(errorTable(text))
end
local exact = (level >= 7.4 or valkey ~= '')
local function words_(...)
  local count = select('#', ...)
  local given
  for n = 1, count do
    local value = select(n, ...)
    local kind = type(value)
    if kind == 'number' then
      given = given or {...}
      if exact then
        given[n] = (value == floor(value) and value > -1e18 and value < 1e18) and decimal(value) or host('double', format('%.17g', value))
      else
        given[n] = format('%.17g', value)
      end
    elseif kind ~= 'string' then
      return nil
    end
  end
  return given or {...}, count
end
local resp = 2
local function command(...)
  if select('#', ...) == 0 then return errorTable(words.none) end
  local given, count = words_(...)
  if given == nil then return errorTable(words.kinds) end
  local reply = host('command', unpack(given, 1, count))
  if type(reply) == 'table' and type(rawget(reply, 'err')) == 'string' then
    if byte(reply.err) == 1 then reply = errorTable(sub(reply.err, 2)) end
    if modern then reply.ignore_error_stats_update = true end
  end
  -- The engine hands nil over as false.
  if reply == false and resp == 3 and host('nil') == 1 then return nil end
  return reply
end
local function isError(reply)
  return type(reply) == 'table' and rawget(reply, 'err') ~= nil
end
local api = {
  LOG_DEBUG = 0, LOG_VERBOSE = 1, LOG_NOTICE = 2, LOG_WARNING = 3,
  REPL_NONE = 0, REPL_AOF = 1, REPL_SLAVE = 2, REPL_REPLICA = 2, REPL_ALL = 3,
}
if modern then
  api.REDIS_VERSION, api.REDIS_VERSION_NUM = compatible, compatibleNumber
end
if valkey ~= '' then
  api.SERVER_NAME, api.VALKEY_VERSION, api.VALKEY_VERSION_NUM = 'valkey', version, versionNumber
end
api.call = native(function(...)
  local reply = command(...)
  if isError(reply) then
    raise(reply)
  end
  return reply
end)
api.pcall = native(command)
api.log = native(function(...)
  local count = select('#', ...)
  if count < 2 then raiseText(modern and (valkey ~= '' and 'server.log() requires two arguments or more.' or 'redis.log() requires two arguments or more.') or 'redis.log() requires two arguments or more.') end
  if type((...)) ~= 'number' then raiseText('First argument must be a number (log level).') end
  local chosen = int((...))
  if chosen < 0 or chosen > 3 then raiseText((valkey ~= '' or level >= 7.2) and 'Invalid log level.' or 'Invalid debug level.') end
end)
local function single(field)
  return native(function(...)
    local text = ...
    if select('#', ...) ~= 1 or type(text) ~= 'string' then return errorTable('wrong number or type of arguments') end
    if field == 'err' and modern then
      return errorTable(byte(text) == 45 and text or '-' .. text)
    end
    return {[field] = text}
  end)
end
api.error_reply, api.status_reply = single('err'), single('ok')
api.sha1hex = native(function(...)
  if select('#', ...) ~= 1 then raiseText('wrong number of arguments') end
  local text = ...
  if type(text) == 'number' then text = tostring(text) end
  return host('sha1', type(text) == 'string' and text or '')
end)
api.setresp = native(function(...)
  if select('#', ...) ~= 1 then raiseText((valkey ~= '' and 'server' or 'redis') .. '.setresp() requires one argument.') end
  local asked = tonumber((...)) or 0
  if int(asked) ~= 2 and int(asked) ~= 3 then raiseText('RESP version must be 2 or 3.') end
  resp = int(asked)
  host('resp', resp)
end)
api.replicate_commands = native(function()
  if modern then return true end
  return host('replicate') == 1
end)
api.set_repl = native(function(...)
  local name = valkey ~= '' and 'server' or 'redis'
  if select('#', ...) ~= 1 then raiseText(name .. '.set_repl() requires ' .. (level >= 7.2 and 'one argument.' or 'two arguments.')) end
  local flags = int(tonumber((...)) or 0)
  if flags < 0 or flags > 3 then raiseText('Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.') end
end)
api.breakpoint = native(function() return false end)
api.debug = native(function() end)
if modern then
  api.acl_check_cmd = native(function(...)
    if select('#', ...) == 0 then
      raiseText('Please specify at least one argument for this ' .. (valkey ~= '' and 'call' or (level >= 8 and 'redis lib call' or 'redis lib call')))
    end
    local given, count = words_(...)
    if given == nil then raiseText(words.kinds) end
    local answer = host('allowed', unpack(given, 1, count))
    if type(answer) == 'table' then raiseText(answer.err) end
    return answer == 1
  end)
end
-- The order in which a server fills the table: scripts that walk it see.
local REGISTERED = modern and 'call pcall log LOG_DEBUG LOG_VERBOSE LOG_NOTICE LOG_WARNING REDIS_VERSION_NUM REDIS_VERSION setresp sha1hex error_reply status_reply set_repl REPL_NONE REPL_SLAVE REPL_REPLICA REPL_AOF REPL_ALL acl_check_cmd breakpoint debug replicate_commands' or 'call pcall log LOG_DEBUG LOG_VERBOSE LOG_NOTICE LOG_WARNING setresp sha1hex error_reply status_reply replicate_commands set_repl REPL_NONE REPL_SLAVE REPL_REPLICA REPL_AOF REPL_ALL breakpoint debug'
local function ordered(names)
  local made = {}
  for name in string.gmatch(names, '%S+') do made[name] = api[name] end
  for name, value in pairs(api) do made[name] = value end
  return made
end
api = ordered(REGISTERED)
`;
