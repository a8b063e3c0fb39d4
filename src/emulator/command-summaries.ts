import { join } from 'node:path';
import { z } from 'zod';
import { packagedText } from '../platform/files.ts';

/** What each command does, in Sundew's own words, and remarks on where their keys are. */
const Summaries = z.strictObject({
  commands: z.record(z.string(), z.string()),
  /** By command and number of the key specification: `sort 1`. */
  notes: z.record(z.string(), z.string()),
});

const summaries = Summaries.parse(JSON.parse(packagedText(join('data', 'command-summaries.json'))));

export function commandSummary(name: string): string {
  return (Object.hasOwn(summaries.commands, name) ? summaries.commands[name] : undefined) ?? '';
}

export function keyNote(name: string, spec: number): string {
  return summaries.notes[`${name} ${spec}`] ?? '';
}
