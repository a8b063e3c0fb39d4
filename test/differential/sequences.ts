import fc from 'fast-check';
import type { Persona } from '../../src/emulator/persona.ts';
import type { PersonaCommand } from '../../src/emulator/persona-command.ts';
import { wordsFor } from './arguments.ts';

/** Groups whose commands depend on nothing but the data. */
const GROUPS = [
  'generic',
  'string',
  'list',
  'hash',
  'set',
  'sorted-set',
  'stream',
  'hyperloglog',
  'geo',
  'bitmap',
  'transactions',
];
/** Not asked: chance, time, other connections, other databases that are not emptied, replies without an order of their own. */
const LEFT_OUT = new Set(
  `randomkey srandmember spop hrandfield zrandmember wait waitaof migrate scan sscan hscan zscan object|idletime object|freq
  object|help xinfo|help xgroup|help move copy watch unwatch swapdb dump restore restore-asking pfdebug pfselftest
  xautoclaim xclaim xpending xinfo|consumers xinfo|stream xinfo|groups object|refcount keys`.split(/\s+/),
);

/** Sequences of commands of this persona, by its own COMMAND DOCS (6.0 has none: those of a later one serve). */
export function sequences(persona: Persona, docs: Persona, maxLength: number): fc.Arbitrary<string[][]> {
  const told = new Map(docs.commands.flatMap(withParts).map((command) => [command.name, command]));
  const known = persona.commands.flatMap(withParts).flatMap((command) => {
    const documented = told.get(command.name);
    const group = documented?.group ?? '';
    return documented !== undefined && GROUPS.includes(group) && !LEFT_OUT.has(command.name)
      ? [documented]
      : [];
  });
  const command = fc.oneof(...known.map(wordsOf));
  return fc.array(command.filter(isRepeatable), { minLength: 1, maxLength, size: 'max' });
}

/** An id that the server makes tells its time. */
function isRepeatable([name = '', ...words]: readonly string[]): boolean {
  return name !== 'xadd' || !words.includes('*');
}

function withParts(command: PersonaCommand): PersonaCommand[] {
  return command.subcommands === undefined ? [command] : command.subcommands;
}

function wordsOf(command: PersonaCommand): fc.Arbitrary<string[]> {
  const name = command.name.split('|');
  const words = (command.arguments ?? []).map((argument) => wordsFor(argument, command.group ?? ''));
  return fc.tuple(...words).map((parts) => [...name, ...parts.flat()]);
}
