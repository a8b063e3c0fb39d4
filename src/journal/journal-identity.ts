import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { JOURNAL_ID, LARGEST_SEQUENCE } from './event-id.ts';
import { PRIVATE_FILE } from './segment-file.ts';

/** What a folder keeps beside its events. */
export const JournalIdentity = z.object({
  /** First part of its event ids. */
  id: z.string().regex(JOURNAL_ID),
  /** No new event gets a lower number. */
  floor: z.number().int().positive().max(LARGEST_SEQUENCE),
});
export type JournalIdentity = z.infer<typeof JournalIdentity>;

const FILE = 'journal.json';

/** Undefined when there is none that can be read. */
export async function readIdentity(folder: string): Promise<JournalIdentity | undefined> {
  try {
    return JournalIdentity.safeParse(JSON.parse(await readFile(join(folder, FILE), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Written aside and renamed: the file is whole or as it was. */
export async function writeIdentity(folder: string, identity: JournalIdentity): Promise<void> {
  const aside = join(folder, `${FILE}.new`);
  await writeFile(aside, `${JSON.stringify(identity)}\n`, { mode: PRIVATE_FILE, flush: true });
  await rename(aside, join(folder, FILE));
}
