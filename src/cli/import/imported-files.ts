import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { printableText } from '../../model/printable.ts';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';

/** What is remembered of a file that was imported. */
const ImportedFile = z.object({
  /** Of its content, unpacked; lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Bytes of its content; of a file that was followed, of as much as was read. Absent in older notes. */
  size: z.number().int().nonnegative().optional(),
  name: z.string(),
  sensor: z.string(),
  /** When the import began, milliseconds since 1970 UTC. */
  time: z.number().int(),
  /** False while it runs, and when it was interrupted: a part of the file is in the journal then. */
  complete: z.boolean(),
});
export type ImportedFile = z.infer<typeof ImportedFile>;

const Memory = z.object({ files: z.array(ImportedFile) });

/** Files remembered; the oldest are forgotten first. */
const MOST = 10_000;

/** What a data folder knows of earlier imports. To be used while the journal's lock is held. */
export interface ImportedFiles {
  find(sha256: string): ImportedFile | undefined;
  all(): Iterable<ImportedFile>;
  /** Written before it resolves; replaces what was known of this content, and of what it has grown from. */
  note(file: ImportedFile, grownFrom?: string): Promise<void>;
}

export async function readImportedFiles(path: string): Promise<ImportedFiles> {
  const known = new Map((await readMemory(path)).map((file) => [file.sha256, file]));
  return {
    find: (sha256) => known.get(sha256),
    all: () => known.values(),
    note: async (file, grownFrom) => {
      if (grownFrom !== undefined) known.delete(grownFrom);
      known.delete(file.sha256);
      known.set(file.sha256, file);
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break;
        known.delete(oldest);
      }
      await writeWhole(path, `${JSON.stringify({ files: [...known.values()] }, undefined, 1)}\n`);
    },
  };
}

async function readMemory(path: string): Promise<readonly ImportedFile[]> {
  let text = '';
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw unusable(path, 'read', error);
  }
  try {
    return Memory.parse(JSON.parse(text)).files;
  } catch {
    throw new Complaint(
      `${printableText(path)} is damaged: which files were imported cannot be told.`,
      'Move it away; files that are imported again after that are in the journal twice.',
    );
  }
}

/** Written aside and renamed: the file is whole or as it was. */
async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(aside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    throw unusable(path, 'written', error);
  }
}

function unusable(path: string, what: 'read' | 'written', error: unknown): Complaint {
  return new Complaint(
    `${printableText(path)} cannot be ${what} (${errorCode(error) ?? 'error'}).`,
    'Free the disk or mend its permissions, then import again.',
  );
}
