import { open } from 'node:fs/promises';
import { PRIVATE_FILE } from './segment-file.ts';

const CHUNK = 1024 * 1024;

/**
 * Moves what stands in a segment from `from` on into `<segment>.torn` (behind what is there from before) and cuts the
 * segment. In this order: a crash in between repeats some bytes in the .torn file and loses none.
 */
export async function setTornTailAside(segment: string, from: number): Promise<void> {
  const file = await open(segment, 'r+');
  try {
    const torn = await open(`${segment}.torn`, 'a', PRIVATE_FILE);
    try {
      const chunk = Buffer.allocUnsafe(CHUNK);
      let at = from;
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK, at);
        if (bytesRead === 0) break;
        await torn.writeFile(chunk.subarray(0, bytesRead));
        at += bytesRead;
      }
      await torn.writeFile('\n');
      await torn.sync();
    } finally {
      await torn.close();
    }
    await file.truncate(from);
    await file.datasync();
  } finally {
    await file.close();
  }
}
