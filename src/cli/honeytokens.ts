import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Honeytoken } from '../emulator/bait/bait.ts';
import { honeytokensFile } from './data-folder.ts';

/** A honeytoken with where it was laid out and when (milliseconds since 1970 UTC). */
export const LaidToken = z.object({
  token: z.string(),
  kind: z.enum(['password', 'api-key', 'session', 'email']),
  sensor: z.string(),
  db: z.number().int(),
  key: z.string(),
  laid: z.number(),
});
export type LaidToken = z.infer<typeof LaidToken>;

export function noteTokens(data: string, sensor: string, tokens: readonly Honeytoken[], laid: number): void {
  const lines = tokens.map((token) => `${JSON.stringify({ ...token, sensor, laid } satisfies LaidToken)}\n`);
  appendFileSync(honeytokensFile(data), lines.join(''), { mode: 0o600 });
}

/** What was laid out so far; lines that cannot be read are left out. */
export function laidTokens(data: string): LaidToken[] {
  let text: string;
  try {
    text = readFileSync(honeytokensFile(data), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      const token = LaidToken.safeParse(JSON.parse(line));
      return token.success ? [token.data] : [];
    } catch {
      return [];
    }
  });
}
