import { printableText } from '../model/printable.ts';
import type { Random } from '../platform/random.ts';
import { JournalError } from './journal-error.ts';
import { readIdentity, writeIdentity } from './journal-identity.ts';
import type { FolderLock } from './lock.ts';
import { lockFolder } from './lock.ts';
import type { Recovery } from './recovery.ts';
import { recoverJournal } from './recovery.ts';
import type { SegmentFolder } from './segment-file.ts';
import type { SegmentWriter, SegmentWriterOptions } from './segment-writer.ts';
import { createSegmentWriter } from './segment-writer.ts';
import { describeTrouble } from './trouble.ts';

export interface OpenedWriter {
  readonly lock: FolderLock;
  readonly recovery: Recovery;
  readonly writer: SegmentWriter;
}

/** Locks a folder, mends what the last writer left, and goes on where it ended. Rejects with JournalError. */
export async function openWriter(
  folder: SegmentFolder,
  random: Random,
  options: Pick<SegmentWriterOptions, 'fsync' | 'segmentBytes' | 'onSyncTrouble'>,
): Promise<OpenedWriter> {
  let lock: FolderLock | undefined;
  try {
    await folder.prepare();
    lock = await lockFolder(folder.path);
    const recovery = await recoverJournal(folder, lock.tookOver === undefined, random);
    const held = lock;
    const prepare = async (): Promise<void> => {
      await folder.prepare();
      await held.hold();
      const found = await readIdentity(folder.path);
      if (found?.id !== recovery.identity.id) await writeIdentity(folder.path, recovery.identity);
    };
    const { newest } = recovery;
    const file = newest && (await folder.resume(newest.name));
    // What a killed writer left is shown from now on, so it has to be as safe as what is acknowledged.
    if (options.fsync !== 'never') await file?.sync();
    const writer = createSegmentWriter({
      ...options,
      folder,
      prepare,
      newest: newest && file && { ...newest, segment: newest.name, file },
    });
    return { lock, recovery, writer };
  } catch (error) {
    await lock?.release();
    if (error instanceof JournalError) throw error;
    const { wrong, remedy } = describeTrouble(error);
    throw new JournalError(
      `The journal folder ${printableText(folder.path)} cannot be used: ${wrong}.`,
      remedy,
    );
  }
}
