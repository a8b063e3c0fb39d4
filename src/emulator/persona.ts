import { join } from 'node:path';
import { z } from 'zod';
import { packagedText } from '../platform/files.ts';

/** What CONFIG SET takes: 'fixed' is refused; a number has bounds, and units when it is memory. */
const SettingKind = z.union([
  z.enum(['fixed', 'flag', 'text']),
  z.strictObject({ choices: z.array(z.string()) }),
  z.strictObject({ least: z.number(), most: z.number(), memory: z.boolean() }),
]);
export type SettingKind = z.infer<typeof SettingKind>;

/** What a sensor pretends to be, recorded from a real server by `scripts/record-persona.ts`. */
export const Persona = z.strictObject({
  engine: z.enum(['redis', 'valkey']),
  version: z.string(),
  /** INFO, in order; the emulator replaces the values that move. */
  sections: z.array(
    z.strictObject({ title: z.string(), fields: z.array(z.tuple([z.string(), z.string()])) }),
  ),
  /** CONFIG GET *. */
  config: z.record(z.string(), z.string()),
  settings: z.record(z.string(), SettingKind),
  /** COMMAND: arity counts the name, negative for "at least"; keys are first, last, step. */
  commands: z.array(
    z.strictObject({
      name: z.string(),
      arity: z.number().int(),
      flags: z.array(z.string()),
      keys: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
      categories: z.array(z.string()),
    }),
  ),
});
export type Persona = z.infer<typeof Persona>;
export type PersonaCommand = Persona['commands'][number];

/** A server of the 6 series lets itself be reconfigured by anyone, so every family of attack runs to its end. */
export const LURE = 'redis-6.0.16-debian-11';

export function loadPersona(name: string = LURE): Persona {
  return Persona.parse(JSON.parse(packagedText(join('personas', `${name}.json`))));
}
