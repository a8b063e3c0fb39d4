import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/journal-sample.ts';
import { openSegmentReader } from './segment-reader.ts';

async function linesOf(
  path: string,
  limit: number,
): Promise<{ lines: (string | undefined)[]; unfinished: number }> {
  const reader = await openSegmentReader(path, limit);
  const lines: (string | undefined)[] = [];
  for (let some = await reader.read(); some.length > 0; some = await reader.read()) {
    lines.push(...some.map(({ bytes }) => bytes?.toString('latin1')));
  }
  const { unfinished } = reader;
  await reader.close();
  return { lines, unfinished };
}

describe('openSegmentReader', () => {
  test('reads any lines, however long, and leaves out those over the limit', async () => {
    const path = join(temporaryFolder(), 'f');
    const length = fc.oneof(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 262_100, max: 262_200 }),
      fc.constantFrom(600_000, 600_001, 700_000, 1_500_000),
    );

    await fc.assert(
      fc.asyncProperty(fc.array(length, { maxLength: 6 }), length, async (lengths, rest) => {
        const whole = lengths.map((size, index) => String(index).repeat(size));
        writeFileSync(path, [...whole, 'r'.repeat(rest)].join('\n'));

        const { lines, unfinished } = await linesOf(path, 600_000);

        expect(lines.map((line) => line?.length)).toEqual(
          lengths.map((size) => (size > 600_000 ? undefined : size)),
        );
        expect(lines.every((line, index) => line === undefined || line === whole[index])).toBe(true);
        expect(unfinished).toBe(rest);
      }),
      { numRuns: 60 },
    );
  });

  test('goes on where a line was not finished', async () => {
    const path = join(temporaryFolder(), 'f');
    writeFileSync(path, 'one\ntw');
    const reader = await openSegmentReader(path);

    const first = (await reader.read()).map(({ bytes }) => String(bytes));
    const nothing = await reader.read();
    appendFileSync(path, 'o\n');
    const second = (await reader.read()).map(({ number, bytes, end }) => [number, String(bytes), end]);
    await reader.close();

    expect(first).toEqual(['one']);
    expect(nothing).toEqual([]);
    expect(second).toEqual([[2, 'two', 8]]);
  });
});
