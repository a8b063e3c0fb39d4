import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import type { Destination } from './destination.ts';
import { aborted } from './destination.ts';
import type { FilePlace } from './file-place.ts';

/** How often it is noted how far a file was read, milliseconds: what came since is read twice after a crash. */
const NOTE_MS = 5_000;
/** How long the end waits for a journal that cannot write, milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Notes how far a file was read, once what was read is in the journal: now and then, and where it matters (`leaving`, when
 * nothing more comes of this file).
 */
export function createPlaceNote(
  path: string,
  sensor: string,
  { journal, known }: Destination,
  { clock, signal }: Context,
  from: FilePlace,
): (place: FilePlace, leaving: boolean) => Promise<void> {
  let noted = from.hash.copy().digest('hex');
  let last = Number.NEGATIVE_INFINITY;
  return async ({ size, hash }, leaving) => {
    const now = clock.monotonic();
    if (size === 0 || (!leaving && now - last < NOTE_MS)) return;
    const sha256 = hash.copy().digest('hex');
    if (sha256 !== noted) {
      const enough = leaving ? sleep(PATIENCE_MS, undefined, { ref: false }) : aborted(signal);
      const written = await Promise.race([journal.flush().then(() => true), enough.then(() => false)]);
      if (!written) return;
      const file = { sha256, size, name: basename(path), sensor, time: clock.now(), complete: true };
      // A file that has grown takes the place of what it was.
      await known.note(file, noted);
    }
    last = now;
    noted = leaving ? '' : sha256;
  };
}
