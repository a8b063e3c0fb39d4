import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runnable } from './command.ts';
import { keysOf, mayHaveKeys } from './command-keys.ts';
import type { PersonaCommand } from './persona.ts';
import { loadPersona, personaNames } from './persona.ts';

function keys(persona: string, line: string): string[] {
  const { commands, level } = loadPersona(persona);
  const argv = line.split(' ');
  const told = commands.find(({ name }) => name === argv[0]);
  if (told === undefined) throw new Error(`no ${argv[0]}`);
  return keysOf(
    runnable(told, () => ''),
    argv,
    level,
  ).map(({ at }) => argv[at] ?? '');
}

const unnamed: PersonaCommand = { name: '', arity: 1, flags: [], keys: [0, 0, 0], categories: [] };
const [OLD, NEW] = ['redis-6.0.16-debian-11', 'redis-8.0.2-debian-13'];

describe('the keys of a command', () => {
  test.for([
    ['get a', ['a']],
    ['mset a 1 b 2', ['a', 'b']],
    ['eval x 2 a b c', ['a', 'b']],
    ['sort a by x_* store b', ['a', 'b']],
    ['xread count 1 streams a b 0 0', ['a', 'b']],
    ['georadius a 1 1 1 km storedist b', ['a', 'b']],
  ] as const)('%s are the same in every version', ([line, expected]) => {
    expect(keys(OLD, line)).toEqual(expected);
    expect(keys(NEW, line)).toEqual(expected);
  });

  test('come with the one to store at last up to 6.2, first from 7.0 on', () => {
    expect(keys(OLD, 'zunionstore d 2 a b')).toEqual(['a', 'b', 'd']);
    expect(keys(NEW, 'zunionstore d 2 a b')).toEqual(['d', 'a', 'b']);
  });

  test('are none where the arguments make no sense', () => {
    for (const line of ['eval x 9 a', 'zunionstore d x a', 'xread count 1', 'xread streams a b 0']) {
      expect(keys(OLD, line)).toEqual([]);
    }
  });

  test('lie within the arguments, whatever they are', () => {
    const tables = new Map(personaNames().map((name) => [name, loadPersona(name)]));
    const word = fc.constantFrom('a', 'store', 'streams', 'keys', 'by', '2', '-1', '99999999', '', 'get');

    fc.assert(
      fc.property(
        fc.constantFrom(...tables.keys()),
        fc.nat(),
        fc.array(word, { maxLength: 12 }),
        (name, at, words) => {
          const { commands = [], level = 0 } = tables.get(name) ?? {};
          const command = runnable(commands[at % commands.length] ?? unnamed, () => '');
          const argv = [command.name, ...words];
          fc.pre(command.arity > 0 ? argv.length === command.arity : argv.length >= -command.arity);

          const found = mayHaveKeys(command) ? keysOf(command, argv, level) : [];

          expect(found.filter((key) => key.at < 1 || key.at >= argv.length)).toEqual([]);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
