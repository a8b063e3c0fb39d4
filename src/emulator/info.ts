import { commandLines, errorLines, latencyLines } from './info/command-lines.ts';
import { keyspaceLines, sizeLines } from './info/keyspace-lines.ts';
import { memoryFields } from './info/memory-fields.ts';
import { persistenceFields } from './info/persistence-fields.ts';
import { replicationLines } from './info/replication-lines.ts';
import { clientFields, cpuFields, serverFields, statsFields } from './info/server-fields.ts';
import { settlePersistence } from './persistence.ts';
import type { Persona } from './persona.ts';
import type { World } from './world.ts';

export { usedMemory } from './info/used-memory.ts';

type Section = Persona['sections'][number];

/**
 * INFO: the persona's sections and fields in the recorded order, with the values that move computed from the one world
 * that every command reads and writes. No words ask for the default sections; a word that names none is ignored.
 */
export function infoText(world: World, words: readonly string[]): string {
  settlePersistence(world, world.clock.now());
  const asked = new Set(words.length === 0 ? ['default'] : words.map((word) => word.toLowerCase()));
  const sections = world.persona.sections
    .filter((section) => isAsked(world, section, asked))
    .map((section) => [`# ${section.title}`, ...linesOf(world, section)].join('\r\n'));
  return sections.length === 0 ? '' : `${sections.join('\r\n\r\n')}\r\n`;
}

/** `all` and `everything` differ by the sections that modules add, of which there are none. */
function isAsked(world: World, { title, byDefault }: Section, asked: ReadonlySet<string>): boolean {
  if (asked.has('everything') || asked.has(title.toLowerCase())) return true;
  if (asked.has('all')) return true;
  return asked.has('default') && byDefault;
}

function linesOf(world: World, { title, fields }: Section): string[] {
  switch (title) {
    case 'Server':
      return filled(fields, serverFields(world));
    case 'Clients':
      return filled(fields, clientFields(world));
    case 'Memory':
      return filled(fields, memoryFields(world));
    case 'Persistence':
      return filled(fields, persistenceFields(world));
    case 'Threads':
    case 'Stats':
      return filled(fields, statsFields(world));
    case 'Replication':
      return replicationLines(world, fields);
    case 'CPU':
      return filled(fields, cpuFields(world));
    case 'Modules':
      return [...filled(fields, {}), ...moduleLines(world)];
    case 'Commandstats':
      return commandLines(world);
    case 'Errorstats':
      return errorLines(world);
    case 'Latencystats':
      return latencyLines(world);
    case 'Keyspace':
      return keyspaceLines(world);
    case 'Keysizes':
      return sizeLines(world);
    default:
      return filled(fields, {});
  }
}

function filled(fields: Section['fields'], moving: Readonly<Record<string, string | number>>): string[] {
  return fields.map(([name, value]) => `${name}:${moving[name] ?? value}`);
}

function moduleLines({ modules, persona }: World): string[] {
  const builtIn = persona.level >= 8 && persona.engine === 'redis' ? [BUILT_IN] : [];
  const loaded = [...modules].map(
    ([name, { version }]) =>
      `module:name=${name},ver=${version},api=1,filters=0,usedby=[],using=[],options=[]`,
  );
  return [...builtIn, ...loaded];
}

/** What a Redis 8 of Debian has compiled in. */
const BUILT_IN =
  'module:name=vectorset,ver=1,api=1,filters=0,usedby=[],using=[],options=[handle-io-errors|handle-repl-async-load]';
