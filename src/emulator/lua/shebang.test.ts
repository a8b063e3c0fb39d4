import { describe, expect, test } from 'vitest';
import { readShebang } from './shebang.ts';

describe('the first line of a script', () => {
  test('is no shebang in most scripts', () => {
    expect(readShebang('return 1', false)).toMatchObject({ flags: { declared: false }, code: 'return 1' });
  });

  test('sets flags and leaves its line break', () => {
    const read = readShebang('#!lua flags=no-writes,allow-oom\nreturn 1', false);

    expect(read).toEqual({
      flags: { declared: true, noWrites: true, allowOom: true, allowStale: false },
      code: '\nreturn 1',
    });
  });

  test.for([
    ['#!lua', 'ERR Invalid script shebang'],
    ['#!js\n1', 'ERR Unexpected engine in script shebang: #!js'],
    ['#!lua flags=foo\n1', 'ERR Unexpected flag in script shebang: foo'],
    ['#!lua bar=1\n1', 'ERR Unknown lua shebang option: bar=1'],
  ])('%j is refused', ([body = '', fault]) => {
    expect(readShebang(body, false)).toEqual({ fault });
  });

  test('names the engine as Valkey does', () => {
    expect(readShebang('#!js\n1', true)).toEqual({ fault: "ERR Could not find scripting engine 'js'" });
  });
});
