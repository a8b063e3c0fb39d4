import type { ByteString } from '../../../model/bytes.ts';

/** What the machine calls for each task. */
export const ENTRY: ByteString = String.raw`
local own = _G
local cache, cached = {}, 0
local function compile(sha, body)
  if cache[sha] then return cache[sha] end
  local made, message
  if modern then
    made, message = loadstring(body, '@user_script')
  else
    made, message = loadstring('function f_' .. sha .. '() ' .. body .. '\nend', '@user_script')
    if made then
      made()
      made = rawget(world, 'f_' .. sha)
    end
  end
  if not made then return nil, message end
  if cached >= 2000 then
    cache, cached = {}, 0
  end
  cache[sha], cached = made, cached + 1
  return made
end

local function finish(wire, sha, ok, value)
  if ok then
    local out = {}
    lua(value, wire, out)
    return concat(out)
  end
  return host('failed', type(value) == 'table' and 'table' or type(value), type(value) == 'table' and (type(value.err) == 'string' and value.err or '\0') or (type(value) == 'string' and value or '\0'), type(value) == 'table' and tostring(value.source or '') or '', type(value) == 'table' and tostring(value.line or '') or '')
end

local unhook = native(function() host('unhook') end)

-- KEYS: what to do, the script's digest and body, the client's protocol, how many of ARGV are keys.
rawset(own, 'RUN', function()
  local task, given = KEYS, ARGV
  local kind, sha, body, wire, count = task[1], task[2], task[3], tonumber(task[4]), tonumber(task[5])
  unhook()
  setfenv(0, world)
  local keys, args = {}, {}
  for n = 1, count do keys[n] = given[n] end
  for n = count + 1, #given do args[n - count] = given[n] end
  local result
  local made, message
  local function after(ok, value)
    local done, text = pcall(finish, wire, sha, ok, value)
    if done then return text end
    -- A metamethod that fails while the reply is made: a server falls over then.
    return host('failed', find(tostring(text), 'not enough memory', 1, true) and 'string' or 'crash', tostring(text), '', '')
  end
  resp = 2
  -- From 7.0 on the generator goes on where the last script left it.
  if not modern then seed(tonumber(task[6])) end
  heap = tonumber(task[8])
  if kind == 'eval' or kind == 'load' then
    rawset(world, 'KEYS', keys)
    rawset(world, 'ARGV', args)
    made, message = compile(sha, body)
  end
  if modern then lock(world) end
  if kind == 'library' then
    setfenv(0, onRun)
    result = loadLibrary(sha, body)
  elseif kind == 'call' then
    setfenv(0, onRun)
    local from = known[task[7]]
    if not from or from.body ~= body then
      loadLibrary(task[7], body)
      from = known[task[7]]
    end
    local one = from and from[sha]
    result = one and after(xpcall(function() return one.callback(keys, args) end, handler)) or ''
  elseif not made then
    result = host('uncompiled', message)
  elseif kind == 'load' then
    result = '+OK\r\n'
  else
    result = after(xpcall(made, handler))
  end
  setfenv(0, own)
  -- Scripts can stop the collector, and a failure for want of memory leaves it behind.
  if collectgarbage('count') > 12288 then
    collectgarbage('collect')
    if collectgarbage('count') > 24576 then host('full') end
  end
  return result
end)
collectgarbage('restart')
return tostring(world)
`;
