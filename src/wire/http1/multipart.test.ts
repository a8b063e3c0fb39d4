import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartHead } from './multipart.ts';
import { createMultipartParser } from './multipart.ts';

interface Part extends PartHead {
  content: string;
  whole: boolean | undefined;
}

function parse(body: string, boundary: string | undefined, sizes: readonly number[] = []): Part[] {
  const parser = createMultipartParser(boundary);
  const parts: Part[] = [];
  const bytes = Buffer.from(body, 'latin1');
  const events = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    events.push(
      ...parser
        .push(bytes.subarray(at, at + size))
        .map((event) => (event.kind === 'content' ? { ...event, bytes: Buffer.from(event.bytes) } : event)),
    );
    at += size;
  }
  for (const event of [...events, ...parser.end()]) {
    const last = parts.at(-1);
    if (event.kind === 'part') parts.push({ ...event.part, content: '', whole: undefined });
    else if (last !== undefined && event.kind === 'content') last.content += event.bytes.toString('latin1');
    else if (last !== undefined && event.kind === 'part-end') last.whole = event.whole;
  }
  return parts;
}

const FORM = [
  'preamble',
  '--XX',
  'Content-Disposition: form-data; name="note"',
  '',
  'two\r\nlines --XX',
  '--XX',
  'content-disposition: form-data; name="file"; filename="a\\"b.php"',
  'Content-Type: application/x-php',
  '',
  '<?php echo 1;\n',
  '--XX',
  'Content-Disposition: form-data; name=empty; filename=',
  '',
  '',
  '--XX--',
  'epilogue',
].join('\r\n');
const PARTS = [
  { field: 'note', filename: undefined, type: '', content: 'two\r\nlines --XX', whole: true },
  { field: 'file', filename: 'a"b.php', type: 'application/x-php', content: '<?php echo 1;\n', whole: true },
  { field: 'empty', filename: '', type: '', content: '', whole: true },
];

describe('multipart/form-data', () => {
  test('is read into parts', () => {
    expect(parse(FORM, 'XX')).toEqual(PARTS);
  });

  test('is the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (sizes) => {
        expect(parse(FORM, 'XX', sizes)).toEqual(PARTS);
      }),
    );
  });

  test('with LF alone, without an announced boundary and without an end is read too', () => {
    const body = '--Y\nContent-Disposition: form-data; name="f"; filename="x.sh"\n\nid\n--Y\n\nno head';

    expect(parse(body, undefined)).toEqual([
      { field: 'f', filename: 'x.sh', type: '', content: 'id', whole: true },
      { field: '', filename: undefined, type: '', content: 'no head', whole: false },
    ]);
  });

  test('that is damaged never throws, and gives out no more than came in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(FORM.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 9 }),
        (changes, sizes) => {
          const bytes = Buffer.from(FORM, 'latin1');
          for (const [at, byte] of changes) bytes[at] = byte;
          const parts = parse(bytes.toString('latin1'), 'XX', sizes);

          expect(parts.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThanOrEqual(
            bytes.length,
          );
          expect(parts.every(({ whole }) => whole !== undefined)).toBe(true);
        },
      ),
    );
  });
});
