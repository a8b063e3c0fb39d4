import type { Persona } from '../emulator/persona.ts';
import { LURE } from '../emulator/persona.ts';
import type { ListView } from '../outputs/column.ts';

/** What `sundew persona list` tells of a persona, and prints as JSON. */
export interface PersonaSummary {
  readonly name: string;
  readonly engine: Persona['engine'];
  readonly version: string;
  readonly level: number;
  readonly rdbVersion: number;
  readonly commands: number;
  readonly settings: number;
  /** It is the one that a sensor plays when nobody says which. */
  readonly usual: boolean;
}

export function personaSummary(persona: Persona): PersonaSummary {
  const { name, engine, version, level, rdbVersion, commands, config } = persona;
  const settings = Object.keys(config).length;
  return {
    name,
    engine,
    version,
    level,
    rdbVersion,
    commands: commands.length,
    settings,
    usual: name === LURE,
  };
}

export const personaView: ListView<PersonaSummary> = {
  columns: [
    { name: 'name', title: 'PERSONA', cell: ({ name }) => name },
    { name: 'engine', title: 'ENGINE', cell: ({ engine }) => engine },
    { name: 'version', title: 'VERSION', cell: ({ version }) => version },
    { name: 'level', title: 'BEHAVES AS', cell: ({ level }) => `Redis ${level.toFixed(1)}` },
    { name: 'rdb', title: 'RDB', align: 'right', cell: ({ rdbVersion }) => String(rdbVersion) },
    { name: 'commands', title: 'COMMANDS', align: 'right', cell: ({ commands }) => String(commands) },
    { name: 'settings', title: 'SETTINGS', align: 'right', cell: ({ settings }) => String(settings) },
    { name: 'usual', title: '', cell: ({ usual }) => (usual ? 'the usual one' : '') },
  ],
};

/** A persona in a dozen lines, for people. */
export function personaText(persona: Persona): string {
  const subcommands = persona.commands.reduce(
    (total, { subcommands: inner = [] }) => total + inner.length,
    0,
  );
  const hidden = persona.sections.filter(({ byDefault }) => !byDefault).map(({ title }) => title);
  const allowed = Object.entries(persona.config).filter(([name]) => name.startsWith('enable-'));
  const field = (name: string): string =>
    persona.sections.flatMap(({ fields }) => fields).find(([one]) => one === name)?.[1] ?? '';
  return [
    ['Persona', persona.name],
    ['Engine', `${persona.engine} ${persona.version}, redis_version ${persona.redisVersion}`],
    ['Behaves as', `Redis ${persona.level.toFixed(1)}, RDB version ${persona.rdbVersion}`],
    ['System', field('os')],
    ['Program', `${field('executable')}, ${field('config_file')}`],
    ['Commands', `${persona.commands.length}, subcommands ${subcommands}`],
    [
      'Settings',
      `${Object.keys(persona.config).length}, protected: ${persona.protected.join(', ') || 'none'}`,
    ],
    ['Allowed', allowed.map(([name, value]) => `${name} ${value}`).join(', ') || 'by default, as before 7.0'],
    ['INFO', `${persona.sections.length} sections, on demand only: ${hidden.join(', ') || 'none'}`],
    ['Errors', `${Object.keys(persona.errors).length} recorded answers`],
  ]
    .map(([title = '', text]) => `${title.padEnd(12)}${text}\n`)
    .join('');
}
