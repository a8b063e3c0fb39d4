import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteString } from './byte-string.ts';
import type { Reply, ReplyFault } from './reply.ts';
import { createReplyDecoder } from './reply-decoder.ts';
import type { ReplyLimits } from './reply-limits.ts';

const limits: ReplyLimits = {
  maxLine: 65_536,
  maxBulk: 16_777_216,
  keepBulk: 1_048_576,
  maxElements: 100_000,
  maxDepth: 16,
  maxKept: 16_777_216,
};

function decode(chunks: readonly ByteString[], changed: Partial<ReplyLimits> = {}): (Reply | ReplyFault)[] {
  const decoder = createReplyDecoder({ ...limits, ...changed });
  const found: (Reply | ReplyFault)[] = [];
  for (const chunk of chunks) {
    decoder.push(chunk);
    for (let one = decoder.next(); one !== undefined; one = decoder.next()) {
      found.push(one);
      if (one.kind === 'fault') return found;
    }
  }
  return found;
}
const singly = (text: ByteString): ByteString[] => text.split('');
const faults = (found: readonly (Reply | ReplyFault)[]): string[] =>
  found.map((one) => (one.kind === 'fault' ? one.fault : one.kind));
const bulk = (text: ByteString): Reply => ({ kind: 'bulk', text, length: text.length });
const integer = (value: number): Reply => ({ kind: 'integer', value: BigInt(value) });

describe('reply decoder', () => {
  test.for<[string, ByteString, unknown[]]>([
    ['a status', '+OK\r\n', [{ kind: 'simple', text: 'OK' }]],
    ['an error', '-ERR no\r\n', [{ kind: 'error', text: 'ERR no' }]],
    ['a blob error', '!7\r\nERR a\r\n\r\n', [{ kind: 'error', text: 'ERR a\r\n' }]],
    ['integers', ':0\r\n:-5\r\n:+7\r\n', [integer(0), integer(-5), integer(7)]],
    [
      'the smallest integer',
      ':-9223372036854775808\r\n',
      [{ kind: 'integer', value: -9_223_372_036_854_775_808n }],
    ],
    ['a bulk string with line ends inside', '$4\r\na\r\nb\r\n', [bulk('a\r\nb')]],
    ['an empty bulk string', '$0\r\n\r\n', [bulk('')]],
    ['the three nulls', '$-1\r\n*-1\r\n_\r\n', [{ kind: 'null' }, { kind: 'null' }, { kind: 'null' }]],
    ['an empty array', '*0\r\n', [{ kind: 'array', items: [] }]],
    [
      'nested arrays',
      '*2\r\n*1\r\n:1\r\n$1\r\nx\r\n',
      [{ kind: 'array', items: [{ kind: 'array', items: [integer(1)] }, bulk('x')] }],
    ],
    [
      'a map',
      '%2\r\n+a\r\n:1\r\n+b\r\n#t\r\n',
      [
        {
          kind: 'map',
          pairs: [
            [{ kind: 'simple', text: 'a' }, integer(1)],
            [
              { kind: 'simple', text: 'b' },
              { kind: 'boolean', value: true },
            ],
          ],
        },
      ],
    ],
    ['a set', '~2\r\n:1\r\n:2\r\n', [{ kind: 'set', items: [integer(1), integer(2)] }]],
    ['a push', '>1\r\n+message\r\n', [{ kind: 'push', items: [{ kind: 'simple', text: 'message' }] }]],
    [
      'doubles',
      ',1.5\r\n,-inf\r\n,inf\r\n,1e-3\r\n,10\r\n',
      [1.5, -Infinity, Infinity, 0.001, 10].map((value) => ({ kind: 'double', value })),
    ],
    ['a double that is no number', ',nan\r\n', [{ kind: 'double', value: Number.NaN }]],
    ['a big number', '(-34928903284\r\n', [{ kind: 'big-number', digits: '-34928903284' }]],
    [
      'a verbatim string',
      '=8\r\ntxt:text\r\n',
      [{ kind: 'verbatim', format: 'txt', text: 'text', length: 4 }],
    ],
    [
      'a reply with attributes',
      '|1\r\n+ttl\r\n:9\r\n*1\r\n:1\r\n',
      [
        {
          kind: 'attributed',
          attributes: [[{ kind: 'simple', text: 'ttl' }, integer(9)]],
          reply: { kind: 'array', items: [integer(1)] },
        },
      ],
    ],
    [
      'empty attributes inside an array',
      '*1\r\n|0\r\n:1\r\n',
      [{ kind: 'array', items: [{ kind: 'attributed', attributes: [], reply: integer(1) }] }],
    ],
    ['nothing while a reply is incomplete', '*2\r\n:1\r\n$5\r\nab', []],
  ])('reads %s', ([, bytes, expected]) => {
    expect(decode([bytes])).toEqual(expected);
    expect(decode(singly(bytes))).toEqual(expected);
  });

  test.for<[string, ByteString, string]>([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n', 'unknown-type'],
    ['an SSH banner', 'SSH-2.0-OpenSSH_9.2\r\n', 'unknown-type'],
    ['a TLS alert', '\u0015\u0003\u0001\0\u0002\u0002P', 'unknown-type'],
    ['an integer that is none', ':abc\r\n', 'bad-number'],
    ['an integer of more than 64 bits', ':9223372036854775808\r\n', 'bad-number'],
    ['a boolean that is none', '#x\r\n', 'bad-number'],
    ['a null with text', '_x\r\n', 'bad-number'],
    ['a big number without digits', '(-\r\n', 'bad-number'],
    ['a double with words', ',1.2.3\r\n', 'bad-number'],
    ['a negative bulk length', '$-2\r\n', 'bad-length'],
    ['a negative array length', '*-2\r\n', 'bad-length'],
    ['a null map', '%-1\r\n', 'bad-length'],
    ['a length of 2^60', '$1152921504606846976\r\n', 'bad-length'],
    ['a length with a leading zero', '$03\r\n', 'bad-length'],
    ['a streamed string', '$?\r\n', 'streamed'],
    ['a streamed array', '*?\r\n', 'streamed'],
    ['a bulk that is longer than announced', '$1\r\nabc\r\n', 'bad-end'],
    ['a verbatim string without a format', '=3\r\ntxt\r\n', 'bad-length'],
    ['a verbatim string whose format does not end', '=5\r\nplain\r\n', 'bad-length'],
  ])('refuses %s', ([, bytes, expected]) => {
    expect(faults(decode([bytes]))).toEqual([expected]);
    expect(faults(decode(singly(bytes)))).toEqual([expected]);
  });

  test.for<[string, Partial<ReplyLimits>, ByteString, ByteString, string]>([
    ['line', { maxLine: 9 }, '+12345678\r\n', '+123456789\r\n', 'line-too-long'],
    ['line that does not end', { maxLine: 9 }, '+123456789', '+1234567890', 'line-too-long'],
    ['bulk', { maxBulk: 4 }, '$4\r\nabcd\r\n', '$5\r\n', 'bulk-too-long'],
    ['elements', { maxElements: 2 }, '*2\r\n:1\r\n:2\r\n', '*3\r\n', 'too-many-elements'],
    ['map entries', { maxElements: 2 }, '%1\r\n:1\r\n:2\r\n', '%2\r\n', 'too-many-elements'],
    [
      'elements over the whole reply',
      { maxElements: 4 },
      '*2\r\n*1\r\n:1\r\n*1\r\n:1\r\n',
      '*2\r\n*1\r\n:1\r\n*2\r\n',
      'too-many-elements',
    ],
    ['depth', { maxDepth: 2 }, '*1\r\n*1\r\n:1\r\n', '*1\r\n*1\r\n*1\r\n', 'too-deep'],
    ['memory', { maxKept: 36 }, '+1234\r\n', '+12345\r\n', 'too-large'],
  ])('keeps the limit on a %s', ([, limit, within, beyond, expected]) => {
    expect(faults(decode([within], limit))).not.toContain(expected);
    expect(faults(decode(singly(within), limit))).not.toContain(expected);
    expect(faults(decode([beyond], limit))).toEqual([expected]);
    expect(faults(decode(singly(beyond), limit))).toEqual([expected]);
  });

  test('keeps the head of a bulk that is longer than what is kept, and reads on behind it', () => {
    const long = '$8\r\nabcdefgh\r\n:1\r\n';
    const expected = [{ kind: 'bulk', text: 'abcde', length: 8 }, integer(1)];

    expect(decode([long], { keepBulk: 5 })).toEqual(expected);
    expect(decode(singly(long), { keepBulk: 5 })).toEqual(expected);
  });

  test('starts every reply with fresh budgets', () => {
    const many = ':1\r\n'.repeat(10_000);

    expect(decode([many], { maxKept: 64, maxElements: 1 })).toHaveLength(10_000);
  });

  test('says the same fault for ever and holds nothing', () => {
    const decoder = createReplyDecoder(limits);
    decoder.push('*1\r\n$x\r\n');
    const first = decoder.next();

    decoder.push(':1\r\n');

    expect(decoder.next()).toBe(first);
    expect(decoder.held).toBe(0);
  });

  test('holds no more than it keeps of 64 MB that are announced and sent', () => {
    const decoder = createReplyDecoder({ ...limits, maxBulk: 67_108_864 });
    decoder.push('$67108864\r\n');
    let most = 0;

    for (let sent = 0; sent < 1_024; sent++) {
      decoder.push('x'.repeat(65_536));
      decoder.next();
      most = Math.max(most, decoder.held);
    }
    decoder.push('\r\n');

    expect(most).toBeLessThan(limits.keepBulk + 131_072);
    expect(decoder.next()).toMatchObject({ kind: 'bulk', length: 67_108_864 });
  });

  test('refuses an array that never ends once it costs too much', () => {
    const decoder = createReplyDecoder({ ...limits, maxKept: 100_000 });
    decoder.push('*90000\r\n');
    let found: unknown;

    for (let sent = 0; sent < 90_000 && found === undefined; sent++) {
      decoder.push('$1\r\nx\r\n');
      found = decoder.next();
    }

    expect(found).toMatchObject({ fault: 'too-large' });
  });

  test('knows when it is between replies', () => {
    const decoder = createReplyDecoder(limits);
    expect(decoder.idle).toBe(true);

    decoder.push('*1\r\n');
    decoder.next();
    expect(decoder.idle).toBe(false);

    decoder.push(':1\r\n');
    decoder.next();
    expect(decoder.idle).toBe(true);
  });

  test('reads any replies however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(anyReply, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 }),
        (replies, cuts) => {
          const whole = replies.map(encode).join('');
          const chunks: string[] = [];
          for (let from = 0, cut = 0; from < whole.length; cut++) {
            const size = cuts[cut % cuts.length] ?? 1;
            chunks.push(whole.slice(from, from + size));
            from += size;
          }

          expect(decode(chunks)).toEqual(replies);
        },
      ),
    );
  });

  test('answers alike for garbage in one piece and byte by byte', () => {
    const noise = fc.string({
      unit: fc.constantFrom(
        '*',
        '$',
        '%',
        '|',
        '=',
        '1',
        '2',
        '0',
        '\r\n',
        '\n',
        '\r',
        ':',
        '+',
        '-',
        'x',
        '_',
      ),
      maxLength: 40,
    });
    fc.assert(
      fc.property(noise, (bytes) => {
        const small = { maxLine: 8, maxElements: 6, maxDepth: 3, keepBulk: 1 };

        expect(decode(singly(bytes), small)).toEqual(decode([bytes], small));
      }),
    );
  });
});

const bytes = fc.string({ unit: 'binary-ascii', maxLength: 20 });
const word = fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', '*', '$', '\n'), maxLength: 12 });
const { anyReply } = fc.letrec<{ anyReply: Reply }>((tie) => {
  const pair = fc.tuple(tie('anyReply'), tie('anyReply'));
  return {
    anyReply: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ kind: fc.constantFrom('simple' as const, 'error' as const), text: word }),
      fc.record({
        kind: fc.constant('integer' as const),
        value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      }),
      bytes.map(bulk),
      fc.constant<Reply>({ kind: 'null' }),
      fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
      fc.record({
        kind: fc.constant('double' as const),
        value: fc.double().map((value) => (Object.is(value, -0) ? 0 : value)),
      }),
      fc.record({ kind: fc.constant('big-number' as const), digits: fc.bigInt().map(String) }),
      bytes.map<Reply>((text) => ({ kind: 'verbatim', format: 'mkd', text, length: text.length })),
      fc.record({
        kind: fc.constantFrom('array' as const, 'set' as const, 'push' as const),
        items: fc.array(tie('anyReply'), { maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant('map' as const), pairs: fc.array(pair, { maxLength: 3 }) }),
      fc.record({
        kind: fc.constant('attributed' as const),
        attributes: fc.array(pair, { maxLength: 2 }),
        reply: tie('anyReply'),
      }),
    ),
  };
});

function encode(reply: Reply): ByteString {
  const pairs = (list: readonly (readonly [Reply, Reply])[]): string => list.flat().map(encode).join('');
  switch (reply.kind) {
    case 'simple':
      return `+${reply.text}\r\n`;
    case 'error':
      return `-${reply.text}\r\n`;
    case 'integer':
      return `:${reply.value}\r\n`;
    case 'bulk':
      return `$${reply.text.length}\r\n${reply.text}\r\n`;
    case 'verbatim':
      return `=${reply.text.length + 4}\r\n${reply.format}:${reply.text}\r\n`;
    case 'null':
      return '_\r\n';
    case 'boolean':
      return `#${reply.value ? 't' : 'f'}\r\n`;
    case 'double':
      return `,${Number.isFinite(reply.value) ? reply.value : reply.value > 0 ? 'inf' : reply.value < 0 ? '-inf' : 'nan'}\r\n`;
    case 'big-number':
      return `(${reply.digits}\r\n`;
    case 'array':
      return `*${reply.items.length}\r\n${reply.items.map(encode).join('')}`;
    case 'set':
      return `~${reply.items.length}\r\n${reply.items.map(encode).join('')}`;
    case 'push':
      return `>${reply.items.length}\r\n${reply.items.map(encode).join('')}`;
    case 'map':
      return `%${reply.pairs.length}\r\n${pairs(reply.pairs)}`;
    case 'attributed':
      return `|${reply.attributes.length}\r\n${pairs(reply.attributes)}${encode(reply.reply)}`;
  }
}
