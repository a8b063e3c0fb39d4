import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { TextFile } from '../platform/files.ts';
import { packageRoot } from '../platform/files.ts';

/** The shipped rules, patterns and campaigns as set-up parsed them: reading 200 files of YAML takes longer than most commands. */
export const ParsedRules = z.object({
  /** Of the paths and texts that were parsed: other files make it worthless. */
  sha256: z.string(),
  documents: z.array(z.unknown()),
});
export type ParsedRules = z.infer<typeof ParsedRules>;

export const PARSED_RULES: string = join(packageRoot, 'dist', 'rules.json');

export function digestOf(files: readonly TextFile[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`);
  return hash.digest('hex');
}

/** The documents in the order of the files; undefined where there are none, or none of just these files. */
export function parsedRules(files: readonly TextFile[]): readonly unknown[] | undefined {
  if (!existsSync(PARSED_RULES)) return undefined;
  try {
    const { sha256, documents } = ParsedRules.parse(JSON.parse(readFileSync(PARSED_RULES, 'utf8')));
    return sha256 === digestOf(files) && documents.length === files.length ? documents : undefined;
  } catch {
    // The files themselves are there.
    return undefined;
  }
}
