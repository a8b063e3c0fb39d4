import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packagedText, packageRoot, textFiles } from '../platform/files.ts';
import { PersonaCommand } from './persona-command.ts';
import { PersonaFault } from './persona-fault.ts';
import { SettingKind } from './persona-settings.ts';

export type { PersonaCommand } from './persona-command.ts';
export type { SettingKind } from './persona-settings.ts';

/** What a sensor pretends to be, recorded from a real server by `sundew persona record`: docs/personas.md. */
export const Persona = z.strictObject({
  format: z.literal(2),
  name: z.string(),
  engine: z.enum(['redis', 'valkey']),
  /** The engine's own: 8.1.1 for a Valkey that says it is a Redis 7.2.4. */
  version: z.string(),
  redisVersion: z.string(),
  /** The Redis whose behaviour it has. */
  level: z.union([6, 6.2, 7, 7.2, 7.4, 8].map((level) => z.literal(level))),
  /** Of DUMP and of RDB files. */
  rdbVersion: z.number().int(),
  /** INFO everything, in order; the emulator replaces the values that move. */
  sections: z.array(
    z.strictObject({
      title: z.string(),
      /** Plain INFO shows it too. */
      byDefault: z.boolean(),
      fields: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
  /** CONFIG GET *, in the order of the server. */
  config: z.record(z.string(), z.string()),
  settings: z.record(z.string(), SettingKind),
  /** Settings that are refused unless `enable-protected-configs` allows it. */
  protected: z.array(z.string()),
  /** Other names of settings, older or newer, and the setting they stand for. */
  aliases: z.record(z.string(), z.string()),
  /** COMMAND, by name. */
  commands: z.array(PersonaCommand),
  /** What is built in as modules are: the fields of MODULE LIST and the line of INFO modules. */
  modules: z.array(z.strictObject({ name: z.string(), version: z.number().int(), line: z.string() })),
  /** ACL CAT, in order. Which commands are in one, the commands say themselves. */
  categories: z.array(z.string()),
  /** The fields of HELLO's reply, in order. */
  hello: z.array(z.string()),
  /** The fields of a line of CLIENT LIST, in order. */
  clientList: z.array(z.string()),
  /** What it answers to the questions of `src/persona/error-probes.ts`: the whole reply on the wire, by question. */
  errors: z.record(z.string(), z.string()),
});
export type Persona = z.infer<typeof Persona>;

/** A server of the 6 series lets itself be reconfigured by anyone, so every family of attack runs to its end. */
export const LURE = 'redis-6.0.16-debian-11';

const FOLDER = 'personas';
const ENDING = '.json';

/** The personas that ship with Sundew; below them are those of other sensors. */
export function personaNames(): string[] {
  return textFiles(join(packageRoot, FOLDER), ENDING)
    .filter(({ path }) => !/[/\\]/.test(path))
    .map(({ path }) => path.slice(0, -ENDING.length));
}

/** A shipped persona by name, or one's own by the path of its file. Throws a `PersonaFault` that names the remedy. */
export function loadPersona(name: string = LURE): Persona {
  if (name.includes('/') || name.endsWith(ENDING)) return readPersona(name, ownText(name));
  if (!personaNames().includes(name)) {
    throw new PersonaFault(
      `There is no persona '${name.slice(0, 60)}'.`,
      `Choose one of ${personaNames().join(', ')}, or give the path of a persona file.`,
    );
  }
  return readPersona(name, packagedText(join(FOLDER, `${name}${ENDING}`)));
}

function ownText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new PersonaFault(
      `The persona file ${path} cannot be read (${why}).`,
      'Check the path, or list the personas that are here: sundew persona list',
    );
  }
}

/** Reads the text of a persona file; `name` is for the messages of a `PersonaFault`. */
export function readPersona(name: string, text: string): Persona {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new PersonaFault(`${name} is damaged: it is no JSON.`, RECORD_AGAIN);
  }
  const read = Persona.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const format = z.looseObject({ format: z.number() }).safeParse(content);
  if (!format.success) throw new PersonaFault(`${name} is JSON, but no persona.`, RECORD_AGAIN);
  if (format.data.format !== 2) {
    throw new PersonaFault(
      `${name} is a persona of format ${format.data.format}; this Sundew reads format 2.`,
      RECORD_AGAIN,
    );
  }
  const where = issue?.path.join('.') ?? '';
  throw new PersonaFault(
    `${name} is damaged: ${where === '' ? '' : `${where}: `}${issue?.message ?? ''}.`,
    RECORD_AGAIN,
  );
}

const RECORD_AGAIN = 'Record it again: sundew persona record redis://HOST:PORT --out FILE';
