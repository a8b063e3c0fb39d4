import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReplySplitter } from './reply-splitter.ts';

const REPLIES = [
  '+OK\r\n',
  '-ERR no\r\n',
  ':12\r\n',
  '$-1\r\n',
  '$0\r\n\r\n',
  '$6\r\na\r\nb+c\r\n',
  '*-1\r\n',
  '*0\r\n',
  '*2\r\n$1\r\na\r\n*1\r\n:1\r\n',
  '%1\r\n+k\r\n~2\r\n#t\r\n_\r\n',
  '|1\r\n+ttl\r\n:3\r\n$1\r\nv\r\n',
  '>2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n',
  '=7\r\ntxt:abc\r\n',
  ',1.5\r\n',
  '(123\r\n',
];

function split(pieces: readonly string[]): { found: string[]; rest: string; broken: boolean } {
  const splitter = createReplySplitter();
  const found: string[] = [];
  for (const piece of pieces) {
    splitter.push(piece);
    for (let reply = splitter.next(); reply !== undefined; reply = splitter.next()) found.push(reply);
  }
  return { found, rest: splitter.rest(), broken: splitter.broken };
}

describe('reply splitter', () => {
  test('gives each reply byte for byte, however the bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...REPLIES), { maxLength: 12 }),
        fc.array(fc.nat(200), { maxLength: 12 }),
        (replies, cuts) => {
          const all = replies.join('');
          const places = [0, ...cuts.filter((cut) => cut < all.length), all.length].toSorted((a, b) => a - b);
          const pieces = places.slice(1).map((place, at) => all.slice(places[at], place));

          expect(split(pieces)).toEqual({ found: replies, rest: '', broken: false });
          expect(split(all.split(''))).toEqual({ found: replies, rest: '', broken: false });
        },
      ),
    );
  });

  test.for(['$4\r\nREDIS0009', 'HTTP/1.1 400\r\n', '*x\r\n', '$-2\r\n', '*1\r\n'.repeat(2_000)])(
    'keeps what is no reply as it came: %j',
    (bytes) => {
      const { found, rest, broken } = split(['+OK\r\n', bytes, 'more']);

      expect({ found, rest, broken }).toEqual({ found: ['+OK\r\n'], rest: `${bytes}more`, broken: true });
    },
  );

  test('never loses or invents a byte', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 50 })), (texts) => {
        const pieces = texts.map((text) => Buffer.from(text).toString('latin1'));

        const { found, rest } = split(pieces);

        expect(found.join('') + rest).toBe(pieces.join(''));
      }),
    );
  });
});
