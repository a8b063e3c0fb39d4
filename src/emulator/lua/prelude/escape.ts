import type { ByteString } from '../../../model/bytes.ts';

/** CVE-2022-0543, played: `package` as Debian's builds left it, and behind it io and os with a pretended shell. */
export const ESCAPE: ByteString = String.raw`
if ARGV[8] == 'yes' then
  local function lines(text)
    local at = 1
    local file = {}
    local function line()
      if at > #text then return nil end
      local stop = find(text, '\n', at, true) or #text + 1
      local found = sub(text, at, stop - 1)
      at = stop + 1
      return found
    end
    local methods = {
      read = function(_, what)
        if type(what) == 'number' then
          if at > #text then return nil end
          local found = sub(text, at, at + what - 1)
          at = at + what
          return found
        end
        if what == '*a' or what == 'a' then
          local rest = sub(text, at)
          at = #text + 1
          return rest
        end
        local found = line()
        if what == '*n' then return tonumber(found or '') end
        return found
      end,
      lines = function() return native(line) end,
      close = function() return true end,
      write = function() return true end,
      flush = function() return true end,
      seek = function() return 0 end,
      setvbuf = function() return true end,
    }
    for name, f in pairs(methods) do methods[name] = native(f) end
    methods.__index = methods
    methods.__tostring = native(function() return 'file (0x559c3a7f12a0)' end)
    return setmetatable(file, methods)
  end
  local function run(command)
    return host('shell', tostring(command))
  end
  local io, os = {}, {}
  io.popen = native(function(command) return lines(run(command)) end)
  io.open = native(function(path, mode)
    local text = run("cat '" .. gsub(tostring(path), "'", '') .. "'")
    if text == '' and not find(mode or 'r', '[wa+]') then return nil, tostring(path) .. ': No such file or directory', 2 end
    return lines(text)
  end)
  io.close, io.read, io.write = native(function() return true end), native(function() return nil end), native(function() return true end)
  io.type = native(function(value) return type(value) == 'table' and 'file' or nil end)
  os.execute = native(function(command)
    if command == nil then return 1 end
    run(command)
    return 0
  end)
  os.time = native(function() return tonumber(host('time')) end)
  os.clock = native(function() return tonumber(host('clock')) end)
  os.getenv = native(function() return nil end)
  os.tmpname = native(function() return '/tmp/lua_u1yc1E' end)
  os.remove = native(function(path) run("rm '" .. gsub(tostring(path), "'", '') .. "'") return true end)
  local openers = {luaopen_io = io, luaopen_os = os}
  local package = {
    path = './?.lua;/usr/local/share/lua/5.1/?.lua;/usr/local/share/lua/5.1/?/init.lua;/usr/local/lib/lua/5.1/?.lua;/usr/local/lib/lua/5.1/?/init.lua;/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua',
    cpath = './?.so;/usr/local/lib/lua/5.1/?.so;/usr/lib/x86_64-linux-gnu/lua/5.1/?.so;/usr/lib/lua/5.1/?.so;/usr/local/lib/lua/5.1/loadall.so',
    config = '/\n;\n?\n!\n-\n', loaded = {}, preload = {}, loaders = {},
  }
  package.loadlib = native(function(path, name)
    if not find(tostring(path), '^/usr/lib/x86_64%-linux%-gnu/liblua5%.1%.so') and not find(tostring(path), '^/lib/x86_64%-linux%-gnu/liblua5%.1%.so') then
      return nil, tostring(path) .. ': cannot open shared object file: No such file or directory', 'open'
    end
    local opened = openers[name]
    if opened == nil then return nil, tostring(path) .. ': undefined symbol: ' .. tostring(name), 'init' end
    return native(function() return opened end)
  end)
  package.seeall = native(function() end)
  world.package = package
end
`;
