import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteString } from './byte-string.ts';
import type { Request, RequestFault } from './request-decoder.ts';
import { createRequestDecoder } from './request-decoder.ts';
import type { RequestLimits } from './request-limits.ts';

const limits: RequestLimits = {
  maxArguments: 1_048_576,
  maxBulk: 536_870_912,
  maxInline: 65_536,
  unauthenticated: false,
  keep: 1_000_000,
};

function decode(chunks: readonly ByteString[], allowed = limits): (Request | RequestFault)[] {
  const decoder = createRequestDecoder();
  const found: (Request | RequestFault)[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let one = decoder.next(allowed); one !== undefined; one = decoder.next(allowed)) {
      found.push(one);
      if (one.kind === 'fault') return found;
    }
  }
  return found;
}
const argvs = (found: readonly (Request | RequestFault)[]): unknown[] =>
  found.map((one) => (one.kind === 'request' ? one.argv : one.message));
const resp = (argv: readonly ByteString[]): ByteString =>
  `*${argv.length}\r\n${argv.map((argument) => `$${argument.length}\r\n${argument}\r\n`).join('')}`;

describe('request decoder', () => {
  test.for<[string, ByteString, unknown[]]>([
    ['an array', '*2\r\n$3\r\nGET\r\n$1\r\nk\r\n', [['GET', 'k']]],
    ['an inline request', 'GET k\r\n', [['GET', 'k']]],
    ['a line that ends with LF only', 'PING\n', [['PING']]],
    [
      'pipelined requests of both forms',
      'PING\r\n*1\r\n$4\r\nPING\r\nPING\r\n',
      [['PING'], ['PING'], ['PING']],
    ],
    ['empty lines before a request', '\r\n\n\r\nPING\r\n', [['PING']]],
    ['empty and negative arrays before a request', '*0\r\n*-1\r\nPING\r\n', [['PING']]],
    ['an empty argument', '*1\r\n$0\r\n\r\n', [['']]],
    ['escapes in double quotes', 'ECHO "a\\x41 b\\n"\r\n', [['ECHO', 'aA b\n']]],
    ['single quotes', "SET k 'it\\'s \\n'\r\n", [['SET', 'k', "it's \\n"]]],
    ['a quote that is not closed', 'SET "a\r\n', ['unbalanced quotes in request']],
    ['text behind a closed quote', 'SET "a"b\r\n', ['unbalanced quotes in request']],
    ['an array length that is no number', '*abc\r\n', ['invalid multibulk length']],
    ['an array length over the limit', '*1048577\r\n', ['invalid multibulk length']],
    ['something else than a bulk string', '*1\r\nfoo\r\n', ["expected '$', got 'f'"]],
    ['a bulk length that is no number', '*1\r\n$abc\r\n', ['invalid bulk length']],
    ['a negative bulk length', '*1\r\n$-1\r\n', ['invalid bulk length']],
    ['a bulk length over the limit', '*1\r\n$536870913\r\n', ['invalid bulk length']],
    ['nothing behind a NUL', '\0\0\0\0\r\nPING\r\n', []],
    ['nothing while a line is incomplete', 'QUIT', []],
  ])('reads %s', ([, bytes, expected]) => {
    expect(argvs(decode([bytes]))).toEqual(expected);
    expect(argvs(decode(bytes.split('')))).toEqual(expected);
  });

  test('keeps every byte value', () => {
    const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');

    expect(argvs(decode([resp(['SET', all, all])]))).toEqual([['SET', all, all]]);
  });

  test.for([
    ['line', 'a', 'too big inline request'],
    ['array header', '*1', 'too big mbulk count string'],
    ['bulk header', '*1\r\n$1', 'too big bulk count string'],
  ] as const)('refuses a %s of more than 64 KiB that does not end', ([, start, message]) => {
    const fill = '1'.repeat(65_536 - (start.includes('$') ? 2 : start.length));

    expect(decode([start + fill])).toEqual([]);
    expect(argvs(decode([start + fill, '1']))).toEqual([message]);
  });

  test('accepts a longer line when it comes at once with its end', () => {
    expect(argvs(decode([`ECHO ${'a'.repeat(70_000)}\r\n`]))).toEqual([['ECHO', 'a'.repeat(70_000)]]);
  });

  test.for([
    ['*10\r\n', []],
    ['*11\r\n', ['unauthenticated multibulk length']],
    ['*1\r\n$16384\r\n', []],
    ['*1\r\n$16385\r\n', ['unauthenticated bulk length']],
  ] as const)('before a login answers %j', ([bytes, expected]) => {
    expect(argvs(decode([bytes], { ...limits, unauthenticated: true }))).toEqual(expected);
  });

  test('says the same fault for ever', () => {
    const decoder = createRequestDecoder();
    decoder.push('*x\r\n');
    decoder.next(limits);

    decoder.push('PING\r\n');

    expect(decoder.next(limits)).toEqual({ kind: 'fault', message: 'invalid multibulk length' });
    expect(decoder.held()).toBe(0);
  });

  test('keeps the head, length and hash of an argument that is too long to keep', () => {
    const long = 'x'.repeat(1_000_000);

    const [found] = decode([resp(['SET', 'k', long, 'EX']), 'PING\r\n']);

    expect(found).toEqual({
      kind: 'request',
      argv: ['SET', 'k', 'x'.repeat(4_096), 'EX'],
      cut: [
        {
          index: 2,
          length: 1_000_000,
          sha256: '1b977e9f84f1b26b6ed7f68b0498faee2385ea4125bd29adce4a7d9106ba3134',
        },
      ],
      dropped: 0,
    });
  });

  test('counts arguments beyond what it keeps', () => {
    const [found] = decode([resp(Array.from({ length: 100 }, () => ''))], { ...limits, keep: 320 });

    expect(found).toMatchObject({ argv: Array.from({ length: 10 }, () => ''), dropped: 90 });
  });

  test('holds nothing for a promise of 512 MB', () => {
    const decoder = createRequestDecoder();
    decoder.push('*1\r\n$536870912\r\n');

    expect(decoder.next(limits)).toBeUndefined();
    for (let sent = 0; sent < 64; sent++) {
      decoder.push('y'.repeat(65_536));
      decoder.next(limits);
    }

    expect(decoder.held()).toBeLessThan(70_000);
  });

  test('reads any requests however they are cut', () => {
    const bytes = fc.string({ unit: 'binary-ascii', maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.array(bytes, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        (requests, cuts) => {
          const whole = requests.map(resp).join('');
          const chunks: string[] = [];
          for (let from = 0; from < whole.length; ) {
            const size = Number(cuts.next().value);
            chunks.push(whole.slice(from, from + size));
            from += size;
          }

          expect(argvs(decode(chunks))).toEqual(requests);
        },
      ),
    );
  });

  test('answers alike for garbage in one piece and byte by byte', () => {
    const noise = fc.string({
      unit: fc.constantFrom('*', '$', '1', '2', '\r\n', '\n', 'PING', '"', "'", '\0', ' ', '-'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(noise, (bytes) => {
        expect(decode(bytes.split(''))).toEqual(decode([bytes]));
      }),
    );
  });
});
