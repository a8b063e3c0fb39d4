import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedPayload, sizedPayload } from './payload.ts';

const mark = Buffer.from('m'.repeat(39) + 'e');

function readAll(
  reader: ReturnType<typeof markedPayload>,
  chunks: readonly Buffer[],
): { payload: string; rest?: string } {
  let payload = '';
  for (const chunk of chunks) {
    const read = reader.take(chunk);
    payload += Buffer.concat([...read.payload]).toString('latin1');
    if (read.rest !== undefined) return { payload, rest: read.rest.toString('latin1') };
  }
  return { payload };
}

function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index] ?? 0, end));
}

describe('payload reader', () => {
  test('takes as many bytes as were promised and gives back the rest', () => {
    const read = readAll(sizedPayload(5), [Buffer.from('abc'), Buffer.from('defg')]);

    expect(read).toEqual({ payload: 'abcde', rest: 'fg' });
  });

  test('takes an empty payload', () => {
    expect(readAll(sizedPayload(0), [Buffer.from('x')])).toEqual({ payload: '', rest: 'x' });
  });

  test('finds the end mark however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.nat(400), { maxLength: 8 }),
        (bytes, cuts) => {
          const content = Buffer.from(bytes);

          const read = readAll(markedPayload(mark), pieces(Buffer.concat([content, mark]), cuts));

          expect(read).toEqual({ payload: content.toString('latin1'), rest: '' });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('goes on without the mark', () => {
    const read = readAll(markedPayload(mark), [Buffer.alloc(100, 'm'), Buffer.alloc(50, 'x')]);

    expect(read.payload.length).toBe(110);
    expect(read.rest).toBeUndefined();
  });
});
