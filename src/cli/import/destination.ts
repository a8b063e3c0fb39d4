import type { Fsync, Journal } from '../../journal/journal.ts';
import type { Context } from '../context.ts';
import { importedFile } from '../data-folder.ts';
import { openJournalOrComplain } from '../open-journal.ts';
import type { ImportedFiles } from './imported-files.ts';
import { readImportedFiles } from './imported-files.ts';

/** Where imports go: the journal, and what is known of those before. */
export interface Destination {
  readonly journal: Journal;
  readonly known: ImportedFiles;
}

export async function openDestination(data: string, fsync: Fsync, context: Context): Promise<Destination> {
  const journal = await openJournalOrComplain(data, fsync, context);
  journal.onTrouble((message) => {
    context.terminal.err(
      message === undefined ? 'sundew: the journal writes again.\n' : `sundew: ${message}\n`,
    );
  });
  try {
    return { journal, known: await readImportedFiles(importedFile(data)) };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** Resolves when the signal comes, or has come. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
