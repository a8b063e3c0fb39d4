import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestHead } from './head.ts';
import type { HeadLimits } from './limits.ts';
import { createRequestParser } from './request-parser.ts';

const LIMITS: HeadLimits = { line: 8_192, header: 8_192, headers: 32_768, count: 1_000 };

interface Read {
  readonly line: string;
  readonly headers: RequestHead['headers'];
  readonly flaws: string[];
  body: string;
  end: string;
}

function parse(bytes: Buffer, sizes: readonly number[] = [], limits = LIMITS): Read[] {
  const parser = createRequestParser(limits, (start) => /^[A-Z]*[^A-Z ]/.test(start));
  const read: Read[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    parser.push(bytes.subarray(at, at + size));
    at += size;
    for (let event = parser.next(); event !== undefined; event = parser.next()) {
      const last = read.at(-1);
      if (event.kind === 'head') {
        const { method, target, version, headers, flaws } = event.head;
        const line = `${method}|${target}|${version}`;
        read.push({ line, headers, flaws: [...flaws], body: '', end: '' });
      } else if (last !== undefined && event.kind === 'body') last.body += event.bytes.toString('latin1');
      else if (last !== undefined) last.end = event.kind === 'fault' ? event.fault : 'end';
    }
    if (parser.held() > 65_536 + limits.headers) throw new Error('holds too much');
  }
  return read;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const PIPELINE = bytes(
  [
    'GET /a?b=\u00ff HTTP/1.1\r\nHost: x\r\nX-Empty:\r\n\r\n',
    'POST http://h/p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
    '4;ext="1"\r\nWiki\r\n5 \r\npedia\r\n0\r\nTrailer: t\r\n\r\n',
    '\r\nPUT /c HTTP/1.0\nContent-Length: 3\n X: folded\n\nabc',
    'CONNECT h:443 HTTP/1.1\r\n\r\n',
    'GET /zero\r\n',
  ].join(''),
);

describe('HTTP/1 requests', () => {
  test('are read one after the other', () => {
    expect(parse(PIPELINE)).toMatchObject([
      {
        line: 'GET|/a?b=\u00ff|1.1',
        headers: [
          ['Host', 'x'],
          ['X-Empty', ''],
        ],
        flaws: [],
        end: 'end',
      },
      { line: 'POST|http://h/p|1.1', body: 'Wikipedia', end: 'end' },
      { line: 'PUT|/c|1.0', flaws: ['bare-lf', 'fold', 'length'], body: '' },
      { line: '||', flaws: ['line'] },
    ]);
    expect(parse(bytes('CONNECT h:443 HTTP/1.1\r\n\r\nGET /zero\r\n'))).toMatchObject([
      { line: 'CONNECT|h:443|1.1', end: 'end' },
      { line: 'GET|/zero|0.9', end: 'end' },
    ]);
  });

  test('are the same in whatever pieces they come', () => {
    const whole = parse(PIPELINE);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 80 }), (sizes) => {
        expect(parse(PIPELINE, sizes)).toEqual(whole);
      }),
    );
  });

  test('that are damaged never throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(PIPELINE.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 9 }),
        (changes, sizes) => {
          const damaged = Buffer.from(PIPELINE);
          for (const [at, byte] of changes) damaged[at] = byte;

          expect(parse(damaged, sizes)).toEqual(parse(damaged));
        },
      ),
      { numRuns: 500 },
    );
  });

  test.for<[string, string, Partial<HeadLimits>]>([
    ['line-too-long', `GET /${'a'.repeat(100)}`, { line: 64 }],
    ['header-too-long', `GET / HTTP/1.1\r\nA: ${'a'.repeat(100)}`, { header: 64 }],
    ['headers-too-long', `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(100)}`, { headers: 64 }],
    ['too-many-headers', `GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(11)}`, { count: 10 }],
    ['line', '\u0016\u0003\u0001', {}],
    ['length', 'GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n', {}],
    ['two-lengths', 'GET / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n', {}],
    ['length-and-coding', 'GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', {}],
    ['coding', 'GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n', {}],
    ['no-colon', 'GET / HTTP/1.1\r\nnothing\r\n\r\n', {}],
    ['space-before-colon', 'GET / HTTP/1.1\r\nA : b\r\n\r\n', {}],
    ['bad-name', 'GET / HTTP/1.1\r\nA(: b\r\n\r\n', {}],
    ['no-name', 'GET / HTTP/1.1\r\n: b\r\n\r\n', {}],
    ['nul', 'GET / HTTP/1.1\r\nA: \u0000\r\n\r\n', {}],
    ['control', 'GET / HTTP/1.1\r\nA: \u0001\r\n\r\n', {}],
  ])('tell of %s', ([flaw, text, limits]) => {
    expect(parse(bytes(text), [], { ...LIMITS, ...limits })[0]?.flaws).toContain(flaw);
  });

  test('keep 128 headers', () => {
    const [read] = parse(bytes(`GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(500)}\r\n`));

    expect(read).toMatchObject({ flaws: [], end: 'end' });
    expect(read?.headers).toHaveLength(128);
  });

  test.for([
    ['the size of a chunk is no number', 'zz\r\n'],
    ['a chunk is longer than it says', '1\r\nab\r\n'],
    ['a line between chunks is too long', `1;${'a'.repeat(5_000)}`],
    ['the trailers are too long', `0\r\n${`A: ${'a'.repeat(3_000)}\r\n`.repeat(6)}\r\n`],
  ] as const)('with a body of which %s end there', ([fault, body]) => {
    expect(parse(bytes(`POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${body}`))[0]?.end).toBe(fault);
  });
});
