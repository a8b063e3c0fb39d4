import { memoryFigures } from '../info/memory-figures.ts';
import { isValkey } from '../version.ts';
import type { World } from '../world.ts';

const LITTLE = 5_242_880;
const PEAK_SHARE = 1.5;
const FRAGMENTED = 1.4;

/** MEMORY DOCTOR. The two fixed sentences are the servers' own, as measured (Redis up to 7.2 and Valkey: BSD-3-Clause). */
export function memoryAdvice(world: World): string {
  const { used, peak, rss, resident, fragmented } = memoryFigures(world);
  if (used < LITTLE) {
    return "Hi Sam, this instance is empty or is using very little memory, my issues detector can't be used in these conditions. Please, leave for your mission on Earth and fill it with some data. The new Sam and I will be back to our programming as soon as I finished rebooting.\n";
  }
  const engine = isValkey({ world }) ? 'Valkey' : 'Redis';
  const issues = [
    ...(peak / used > PEAK_SHARE
      ? [
          ` * Peak memory: At some time this instance has used more than one and a half times the memory it uses now. The allocator seldom gives such memory back at once, so the process stays large; when the peak is not coming back, a restart is the way to a smaller one.\n\n`,
        ]
      : []),
    ...(rss / used > FRAGMENTED && rss - used > 2 * LITTLE
      ? [
          ` * High total RSS: The process holds more than ${FRAGMENTED} times the memory that ${engine} has asked for. Look at the fragmentation of the allocator and at what the process needs beside.\n\n`,
        ]
      : []),
    ...(fragmented > 2 * LITTLE && resident > 0
      ? [` * High allocator fragmentation: The allocator holds pages that are only partly in use.\n\n`]
      : []),
  ];
  if (issues.length === 0)
    return "Hi Sam, I can't find any memory issue in your instance. I can only account for what occurs on this base.\n";
  return `Sam, I detected a few issues in this ${engine} instance memory implants:\n\n${issues.join('')}I'm here to keep you safe, Sam. I want to help you.\n`;
}
