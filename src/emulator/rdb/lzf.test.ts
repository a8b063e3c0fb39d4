import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressLzf, decompressLzf } from './lzf.ts';
import { Malformed } from './malformed.ts';

const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 6 }), fc.integer({ min: 1, max: 200 })), { maxLength: 20 })
  .map((parts) =>
    Buffer.concat(parts.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes))),
  );

describe('LZF', () => {
  test('gives back what was packed', () => {
    fc.assert(
      fc.property(repetitive, (bytes) => {
        const packed = compressLzf(bytes, bytes.length + 100);

        expect(packed === undefined || decompressLzf(packed, bytes.length).equals(bytes)).toBe(true);
      }),
    );
  });

  test('packs as a real server does', () => {
    const text = `${'a'.repeat(43)}bc${'abc'.repeat(4)}`;

    const packed = compressLzf(Buffer.from(text), text.length - 4);

    expect(packed?.toString('hex')).toBe('016161e02000016263e00102016263');
  });

  test('gives up when the room does not suffice', () => {
    expect(compressLzf(Buffer.from('no two bytes alike'), 14)).toBeUndefined();
  });

  test('takes any bytes for a reason to refuse or for as many bytes as were promised', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 500 }), (bytes, length) => {
        let outcome: unknown;
        try {
          outcome = decompressLzf(bytes, length).length;
        } catch (error) {
          outcome = error;
        }

        expect(outcome === length || outcome instanceof Malformed).toBe(true);
      }),
    );
  });
});
