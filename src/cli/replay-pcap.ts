import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { printableText } from '../model/printable.ts';
import type { Recording } from '../recordings/library.ts';
import { pcap } from '../recordings/pcap.ts';
import { readRecording } from '../recordings/read-recording.ts';
import type { Context } from './context.ts';
import { Complaint } from './exit.ts';

/** Writes a recording as a packet capture; a file that is there is never overwritten. */
export async function writePcap(recording: Recording, path: string, { terminal }: Context): Promise<void> {
  const target = resolve(path);
  try {
    const file = await open(target, 'wx', 0o600);
    try {
      for await (const packet of pcap(recording.head, readRecording(recording))) await file.writeFile(packet);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Complaint(
      `${printableText(target)} cannot be written (${code}).`,
      'Name another file; one that is there is never overwritten.',
    );
  }
  await terminal.out(`${printableText(target)}\n`);
}
