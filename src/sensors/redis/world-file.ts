import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { errorCode } from '../../platform/error-code.ts';

/** Where a sensor keeps its world from one start to the next. */
export interface WorldFile {
  /** Its lines as they were last saved; undefined when there are none yet. Rejects with the system's error. */
  read(): Promise<readonly string[] | undefined>;
  /** Replaces the file; a crash on the way leaves the old one. Rejects with the system's error. */
  write(lines: Iterable<string>): Promise<void>;
}

/** Characters after which the others get a turn. */
const SLICE = 262_144;
/** A file that is longer was not written by this sensor, whose world has a ceiling. */
const MOST_LINES = 5_000_000;

export function openWorldFile(path: string): WorldFile {
  return {
    read: async () => {
      const lines: string[] = [];
      try {
        const input = createReadStream(path, 'utf8');
        for await (const line of createInterface({ input })) if (lines.length < MOST_LINES) lines.push(line);
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      }
      return lines;
    },
    write: async (lines) => {
      await makeFolder(dirname(path));
      const fresh = `${path}.new`;
      const file = await open(fresh, 'w', 0o600);
      try {
        let slice = '';
        for (const line of lines) {
          slice += `${line}\n`;
          if (slice.length < SLICE) continue;
          await file.write(slice);
          slice = '';
        }
        if (slice !== '') await file.write(slice);
        await file.sync();
        await file.close();
        await rename(fresh, path);
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(fresh, { force: true });
        throw error;
      }
    },
  };
}

/** Its parent is the data folder, which is there. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
