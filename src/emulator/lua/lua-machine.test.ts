import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LuaFlavour, LuaOutcome } from './lua-machine.ts';
import { createLuaMachine } from './lua-machine.ts';

const OLD: LuaFlavour = {
  level: 6,
  valkey: 0,
  version: '6.0.16',
  compatible: '6.0.16',
  escapable: false,
};
const SEVEN: LuaFlavour = { ...OLD, level: 7, version: '7.0.15', compatible: '7.0.15' };
const EIGHT: LuaFlavour = { ...OLD, level: 8, version: '8.0.2', compatible: '8.0.2' };
const VALKEY: LuaFlavour = { ...OLD, level: 7.2, valkey: 8.1, version: '8.1.1', compatible: '7.2.4' };

function runner(flavour: LuaFlavour): {
  run: (body: string, args?: string[]) => LuaOutcome;
  asked: string[][];
} {
  const asked: string[][] = [];
  const machine = createLuaMachine(flavour, {
    command: (argv) => {
      asked.push([...argv]);
      return Buffer.from(argv[0] === 'bad' ? '-ERR no\r\n' : '$5\r\nvalue\r\n');
    },
    allowed: () => Buffer.from(':1\r\n'),
    mayReplicate: () => true,
    shell: (line) => `played ${line}\n`,
    cpuMs: () => 1_500,
    now: () => 1_700_000_000_000,
  });
  return {
    asked,
    run: (body, args = []) =>
      machine.run({
        kind: 'eval',
        name: createHash('sha1').update(body, 'latin1').digest('hex'),
        library: '',
        body,
        resp: 2,
        keys: [],
        args,
        seed: 0,
      }),
  };
}

const replyOf = (outcome: LuaOutcome): string => ('reply' in outcome ? outcome.reply : 'failed');
const textOf = (outcome: LuaOutcome): string | undefined =>
  'failure' in outcome ? outcome.failure.text : undefined;

const NAMES =
  "local t = {} for k in pairs(_G) do t[#t + 1] = k end table.sort(t) return table.concat(t, ' ')";
const SHARED =
  'assert bit cjson cmsgpack collectgarbage coroutine error gcinfo getmetatable ipairs load loadstring math next pairs pcall rawequal rawget rawset redis select setmetatable string struct table tonumber tostring type unpack xpcall ARGV KEYS _G _VERSION __redis__err__handler';

describe('a Lua machine', () => {
  test.for([
    { flavour: OLD, more: 'getfenv setfenv newproxy print __redis__compare_helper', own: 'f_' },
    { flavour: SEVEN, more: '' },
    { flavour: EIGHT, more: 'os' },
    { flavour: VALKEY, more: 'os server __server__err__handler' },
  ])('of $flavour.version shows scripts the globals of the real server and no more', ({ flavour, more }) => {
    const { run } = runner(flavour);

    const names = replyOf(run(NAMES)).split('\r\n')[1]?.split(' ') ?? [];

    expect(names.filter((name) => !name.startsWith('f_')).toSorted()).toEqual(
      `${SHARED} ${more}`.trim().split(' ').toSorted(),
    );
  });

  test.for(['io', 'debug', 'require', 'dofile', 'loadfile', 'package', 'module', 'RUN'])(
    'hides %s',
    (name) => {
      const { run } = runner(SEVEN);

      expect(textOf(run(`return ${name}`))).toBe(
        `ERR user_script:1: Script attempted to access nonexistent global variable '${name}'`,
      );
    },
  );

  test('gives os nothing but a clock', () => {
    const { run } = runner(EIGHT);

    const names = run('local t = {} for k in pairs(os) do t[#t + 1] = k end return t');

    expect(names).toMatchObject({ reply: '*1\r\n$5\r\nclock\r\n' });
  });

  test.for([
    "return string.rep('x', 2^30)",
    "local s = 'x' while true do s = s .. s end",
    'local t = {} for i = 1, 1e9 do t[i] = i end',
  ])('says "not enough memory" to %s and goes on', (bomb) => {
    const { run } = runner(SEVEN);

    expect(textOf(run(bomb))).toMatch(/not enough memory/);
    for (let round = 0; round < 3_000; round++) expect(replyOf(run('return 1'))).toBe(':1\r\n');
  });

  test('keeps the line of a call in tail position', () => {
    const { run } = runner(SEVEN);

    expect(run("\n\nreturn redis.call('bad')")).toMatchObject({
      failure: { text: 'ERR no', source: '@user_script', line: '3' },
    });
  });

  test('passes bytes to commands as they are', () => {
    const { run, asked } = runner(SEVEN);
    const all = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));

    run("return redis.call('echo', ARGV[1], 3)", [all]);

    expect(asked).toEqual([['echo', all, '3']]);
  });

  test('draws the numbers of Redis', () => {
    const { run } = runner(OLD);

    expect(replyOf(run("return math.random() .. ''"))).toBe('$16\r\n0.17082803611217\r\n');
  });

  test('goes on with the numbers of a server that has just started, from 7.0 on', () => {
    const { run } = runner(SEVEN);

    expect(replyOf(run("return math.random() .. ''"))).toBe('$16\r\n0.39646477363839\r\n');
    expect(replyOf(run("return math.random() .. ''"))).toBe('$16\r\n0.84048536971234\r\n');
  });

  test('shows addresses of a 64-bit process', () => {
    const { run } = runner(SEVEN);

    expect(replyOf(run('return tostring({})'))).toMatch(/table: 0x7f[0-9a-f]{10}\r\n$/);
  });

  test('has integers of 64 bits where they are printed', () => {
    const { run } = runner(SEVEN);

    const reply = run("return string.format('%d %x %020d %u', 2^40, 2^40, 2^40, -1)");

    expect(replyOf(reply)).toContain('1099511627776 10000000000 00000001099511627776 18446744073709551615');
  });

  test.for([
    ["return tostring(tonumber('0x'))", '$3\r\nnil\r\n'],
    ["return tonumber('ffffffffff', 16)", ':1099511627775\r\n'],
    ['return cmsgpack.pack(2^63)', '$5\r\n\xca_\0\0\0\r\n'],
    ["return struct.size('lT')", ':16\r\n'],
    ["return struct.unpack('>Lc0', struct.pack('>Lc0', 3, 'abc'))", '$3\r\nabc\r\n'],
    [
      'return string.dump(function() end):sub(1, 20)',
      '$20\r\n\x1bLuaQ\0\x01\x04\x08\x04\x08\0\r\0\0\0\0\0\0\0\r\n',
    ],
  ])('answers %s as a 64-bit process', ([body = '', expected]) => {
    const { run } = runner(SEVEN);

    expect(replyOf(run(body))).toBe(expected);
  });

  test('has user data from newproxy', () => {
    const { run } = runner(OLD);

    expect(replyOf(run('return type(newproxy(true))'))).toBe('$8\r\nuserdata\r\n');
  });

  test('walks the table redis in the order of the real server', () => {
    const { run } = runner(SEVEN);

    const reply = replyOf(
      run("local t = {} for k in pairs(redis) do t[#t + 1] = k end return table.concat(t, ' ')"),
    );

    expect(reply).toContain(
      'log LOG_WARNING error_reply REPL_AOF call REPL_ALL REDIS_VERSION_NUM REPL_SLAVE',
    );
  });

  test('plays the way out of the sandbox where it was open', () => {
    const { run } = runner({ ...OLD, escapable: true });

    const reply = run(
      "local io_l = package.loadlib('/usr/lib/x86_64-linux-gnu/liblua5.1.so.0', 'luaopen_io'); local io = io_l(); local f = io.popen('id', 'r'); local res = f:read('*a'); f:close(); return res",
    );

    expect(replyOf(reply)).toBe('$10\r\nplayed id\n\r\n');
  });
});
