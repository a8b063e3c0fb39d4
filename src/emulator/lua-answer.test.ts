import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luaAnswer } from './lua-answer.ts';

const answer = (script: string, keys: string[] = [], args: string[] = []): string =>
  luaAnswer(script, { sha1: 'SHA', keys, args, run: (argv) => `+${argv.join(' ')}\r\n` });

// What real scripts answer is compared with a real server by the conformance test; here is what must not happen.
describe('a script', () => {
  test.for([
    ['return 1', /^:1\r\n$/],
    ['-- a comment\nreturn [[long\ntext]]', /^\$9\r\nlong\ntext\r\n$/],
    ['local a = "x"; return a .. a', /^\$2\r\nxx\r\n$/],
    ['while true do end', /^\$-1\r\n$/],
    ['for i = 1, 1e9 do end return 1', /^\$-1\r\n$/],
    ['local f = function() return os.exit() end', /nonexistent global variable 'os'/],
    ["return redis.call('SET', KEYS[1], ARGV[1])", /^\+SET k v\r\n$/],
  ] as const)('%j is answered', ([script, expected]) => {
    const reply = answer(script, ['k'], ['v']);

    expect(reply).toMatch(expected);
  });

  test('cannot make a text, a table or a number of calls without bound', () => {
    const doubling = `local a = "${'x'.repeat(1_000)}" ${'local a = a .. a .. a .. a '.repeat(100)} return a`;
    const tables = `local t = {1,1,1,1,1,1,1,1} ${'local t = {t,t,t,t,t,t,t,t} '.repeat(20)} return t`;
    const arguments_ = `return {${'ARGV[1],'.repeat(500)}1}`;
    let calls = 0;

    luaAnswer("redis.call('PING') ".repeat(400), {
      sha1: 'SHA',
      keys: [],
      args: [],
      run: () => {
        calls++;
        return '+PONG\r\n';
      },
    });

    expect(answer(doubling)).toBe('$-1\r\n');
    expect(answer(tables)).toBe('$-1\r\n');
    expect(answer(arguments_, [], ['x'.repeat(1_000_000)])).toBe('$-1\r\n');
    expect(answer('return '.repeat(1_000) + '{'.repeat(5_000))).toBe('$-1\r\n');
    expect(calls).toBeLessThanOrEqual(64);
  });

  test('of any text gets a whole reply', () => {
    const word = fc.constantFrom(
      ...'return redis . call ( ) { } [ ] , ; = .. # local x KEYS ARGV "a" 1 - nil true os io \n [['.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 20 }), (words) => {
        expect(answer(words.join(' '))).toMatch(/\r\n$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
