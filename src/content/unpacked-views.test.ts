import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpackedViews } from './unpacked-views.ts';

const TEXT = '{"who":"a person","what":"something to read"}';
const latin1 = (bytes: Buffer): string => bytes.toString('latin1');
const views = (bytes: string): string[] => unpackedViews(bytes).map((view) => view.bytes);

/** A frame of one block: magic, flags, size class, checksum (not looked at), the block, the end mark. */
function lz4(block: Buffer, stored: boolean): string {
  const size = Buffer.alloc(4);
  size.writeUInt32LE((block.length | (stored ? 0x80000000 : 0)) >>> 0);
  return latin1(
    Buffer.concat([Buffer.from([4, 0x22, 0x4d, 0x18, 0x60, 0x40, 0]), size, block, Buffer.alloc(4)]),
  );
}

describe('unpacked views', () => {
  test.for([
    ['gzip', latin1(gzipSync(TEXT)), ['compressed']],
    ['zlib', latin1(deflateSync(TEXT)), ['compressed']],
    ['Zstandard', latin1(zstdCompressSync(TEXT)), ['compressed']],
    ['LZ4, stored', lz4(Buffer.from(TEXT), true), ['compressed']],
    ['base64 of gzip', gzipSync(TEXT).toString('base64'), ['base64', 'compressed']],
    [
      'base64 in lines',
      Buffer.from(`${TEXT}${'-'.repeat(80)}${TEXT}`)
        .toString('base64')
        .replace(/.{76}/g, '$&\n'),
      ['base64'],
    ],
    ['hexadecimal', Buffer.from(TEXT).toString('hex'), ['hex']],
    ['JSON', JSON.stringify({ body: TEXT }), ['json']],
    ['a URL', `x=${encodeURIComponent(TEXT)}`, ['percent']],
  ] as const)('take off %s', ([, packed, how]) => {
    const found = unpackedViews(packed).filter(({ bytes }) => bytes.includes(TEXT));

    // What is too short to gain by it is stored, and so stands in the stream as it is.
    expect(found.map((view) => view.how)).toContainEqual(how);
  });

  test('repeat what an LZ4 block copies', () => {
    // Eight literals, then twelve bytes from four back; then five literals.
    const block = Buffer.concat([
      Buffer.from([0x88]),
      Buffer.from('say: abc'),
      Buffer.from([4, 0]),
      Buffer.from([0x50]),
      Buffer.from('done.'),
    ]);

    expect(views(lz4(block, false))).toContain('say: abc abc abc abcdone.');
  });

  test('read what is there of a stream whose end was cut off', () => {
    const cut = latin1(gzipSync(TEXT + 'x y z '.repeat(2_000) + Math.PI)).slice(0, 80);

    expect(views(cut).some((view) => view.startsWith(TEXT.slice(0, 20)))).toBe(true);
  });

  test('leave numbers, digests and random words alone', () => {
    for (const text of [
      '17324424001234567890',
      'd41d8cd98f00b204e9800998ecf8427e',
      'session 9fQz7KxWm3TbVr8LpNc2Hd5G',
    ])
      expect(views(text)).toEqual([text]);
  });

  test('are bounded, and never throw, whatever is put in', () => {
    const bomb = latin1(gzipSync(Buffer.alloc(20_000_000, 'a')));
    expect(views(bomb).reduce((sum, view) => sum + view.length, 0)).toBeLessThan(600_000);

    const head = fc.constantFrom(
      '\u001f\u008b\b\0',
      'x\u009c',
      '(\u00b5/\u00fd',
      '\u0004"M\u0018',
      '',
      '\\u',
      '%',
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 200 }), (first, bytes) => {
        expect(views(first + latin1(Buffer.from(bytes))).length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
