import { describe, expect, test } from 'vitest';
import { isAllowed } from './allowed.ts';
import { BARE_MARKERS, bracketOf, bracketText, MARKERS } from './version-bracket.ts';

const KNOWN = "ERR wrong number of arguments for 'x' command";
const UNKNOWN = "ERR unknown command 'X', with args beginning with: ";

/** A server that knows these markers, and everything every release knows. */
const answers = (...known: readonly string[]): string[] =>
  MARKERS.map((marker) =>
    ['get', 'config', 'eval', 'module', 'replicaof', ...known].includes(marker) ? KNOWN : UNKNOWN,
  );

describe('version bracket', () => {
  test.for([
    [[], 'Redis <6.2'],
    [['getdel'], 'Redis >=6.2 <7.0'],
    [['getdel', 'lcs'], 'Redis >=7.0 <7.2'],
    [['getdel', 'lcs', 'waitaof'], 'Redis, or Valkey before 8.1, >=7.2 <7.4'],
    [['getdel', 'lcs', 'waitaof', 'commandlog'], 'Valkey >=8.1 <9.0'],
    [['getdel', 'lcs', 'waitaof', 'hexpire', 'hgetex', 'commandlog', 'delifeq'], 'Valkey >=9.0'],
    [['getdel', 'lcs', 'waitaof', 'hexpire'], 'Redis >=7.4 <8.0'],
    [['getdel', 'lcs', 'waitaof', 'hexpire', 'hgetex', 'xackdel', 'msetex', 'hotkeys'], 'Redis >=8.6'],
  ] as const)('of %j is %s', ([known, text]) => {
    const bracket = bracketOf(answers(...known));

    expect(bracket === undefined ? undefined : bracketText(bracket)).toBe(text);
  });

  test('tells which commands of attacks were renamed', () => {
    const renamed = answers('getdel').map((answer, at) => (MARKERS[at] === 'config' ? UNKNOWN : answer));

    expect(bracketOf(renamed)?.missing).toEqual(['config']);
  });

  test.for([
    ['NOAUTH to everything', MARKERS.map(() => 'NOAUTH Authentication required.')],
    ['no error at all', MARKERS.map(() => undefined)],
    ['that every command exists', MARKERS.map(() => KNOWN)],
    ['that no command exists', MARKERS.map(() => UNKNOWN)],
    ['nothing', []],
  ] as const)('of a server that answers %s stays unknown', ([, replies]) => {
    expect(bracketOf(replies)).toBeUndefined();
  });

  test('sends the markers bare, and only where the operator opted in', () => {
    const optIns = { bracket: true };

    expect(MARKERS.filter((marker) => isAllowed([marker], {}))).toEqual([]);
    expect(MARKERS.filter((marker) => !isAllowed([marker.toUpperCase()], { optIns }))).toEqual([]);
    expect(MARKERS.filter((marker) => isAllowed([marker, 'x'], { optIns }))).toEqual([]);
  });

  test('has no marker that runs without arguments', () => {
    const runnable = [
      'flushall',
      'flushdb',
      'save',
      'bgsave',
      'shutdown',
      'monitor',
      'role',
      'quit',
      'command',
    ];

    expect(runnable.filter((name) => BARE_MARKERS.has(name))).toEqual([]);
  });
});
