import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../src/dump/byte-source.ts';
import { createByteWindow } from '../src/dump/byte-window.ts';
import type { Wanted } from '../src/dump/piece.ts';
import { USUAL_WANTED } from '../src/dump/piece.ts';
import type { RdbEnd, RdbEntry, RdbRecord } from '../src/dump/rdb-record.ts';
import { readAof } from '../src/dump/read-aof.ts';
import { readRdb } from '../src/dump/read-rdb.ts';
import { OPCODE, TYPE } from '../src/redis/rdb-types.ts';
import {
  EVERY_FORM,
  EVERY_OPCODE,
  everyFormRdb,
  i64,
  key,
  length,
  packedText,
  rdb,
  text,
  wideLength,
} from './peers/sample-rdb.ts';

function readAll(
  bytes: Buffer,
  wanted: Wanted = { ...USUAL_WANTED, headBytes: 100_000 },
): { records: RdbRecord[]; end: RdbEnd } {
  const reader = readRdb(createByteWindow(bufferSource(bytes), true), { wanted: () => wanted });
  const records: RdbRecord[] = [];
  for (;;) {
    const step = reader.next();
    if (step.done === true) return { records, end: step.value };
    records.push(step.value);
  }
}

const entriesOf = (records: readonly RdbRecord[]): RdbEntry[] =>
  records.flatMap((record) => (record.kind === 'entry' ? [record] : []));

function shown({ key: name, type, elements }: RdbEntry): unknown {
  return {
    key: name,
    type,
    elements: elements.map((one) => (one.field === undefined ? one.text : `${one.field}=${one.text}`)),
  };
}

describe('the reader of dumps', () => {
  test('reads every type in every form, and what stands between them', () => {
    const { records, end } = readAll(everyFormRdb());

    expect(entriesOf(records).map(shown)).toEqual(EVERY_FORM.map(({ expected }) => expected));
    expect(end).toMatchObject({ magic: 'REDIS', version: 11, checksum: 'right', damage: undefined });
    expect(records.filter(({ kind }) => kind !== 'entry')).toEqual([
      { kind: 'aux', name: 'redis-ver', value: '7.4.0' },
      { kind: 'aux', name: 'redis-bits', value: '64' },
      { kind: 'library', name: 'lib', code: '#!lua name=lib\nreturn 1' },
      { kind: 'library', name: 'early', code: 'code' },
      { kind: 'module', name: 'EjRWeJq83' },
    ]);
  });

  test('reads them when hardly anything is wanted, and is at the right place afterwards', () => {
    const little = { headBytes: 1, tailBytes: 2, elements: 1, elementBytes: 1, keyBytes: 1 };

    const { records, end } = readAll(everyFormRdb(), little);

    expect(entriesOf(records).map((one) => one.key)).toEqual(
      EVERY_FORM.map(({ expected }) => (expected as { key: string }).key),
    );
    expect(end.damage).toBeUndefined();
  });

  test('takes 22 for the hash that Valkey keeps under this number', () => {
    const hash = key(22, 'h', length(1), text('f'), text('v'), i64(-1));
    const job = Buffer.concat([
      Buffer.from([OPCODE.keyMetadata]),
      text('job'),
      length(1),
      length(0),
      length(9),
    ]);

    const { records, end } = readAll(rdb([job, hash], 'VALKEY080'));

    expect(entriesOf(records).map(shown)).toEqual([{ key: 'h', type: 'hash', elements: ['f=v'] }]);
    expect(end).toMatchObject({ magic: 'VALKEY', version: 80, damage: undefined });
  });

  test('gives beginning and end of a long string, packed or not', () => {
    const long = Array.from({ length: 400_000 }, (_, at) => String(at % 1_000)).join(' ');
    const wanted = { ...USUAL_WANTED, headBytes: 4_096, tailBytes: 1_024 };

    const { records, end } = readAll(
      rdb([key(TYPE.string, 'plain', text(long)), key(TYPE.string, 'packed', packedText(long))]),
      wanted,
    );

    expect(end.damage).toBeUndefined();
    for (const { elements } of entriesOf(records)) {
      expect(elements).toEqual([
        { text: long.slice(0, 4_096), length: long.length, tail: long.slice(-1_024) },
      ]);
    }
  });

  test('tells times, databases, and a checksum that is wrong or missing', () => {
    const parts = [
      Buffer.from([OPCODE.selectDb, 5, OPCODE.expireMs]),
      i64(1_700_000_000_123),
      key(TYPE.string, 'a', text('1')),
      Buffer.from([OPCODE.expireSeconds, 0, 0xe1, 0x0b, 0x5e]),
      key(TYPE.string, 'b', text('1')),
      key(TYPE.string, 'c', text('1')),
    ];
    const wrong = rdb(parts);
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;

    const { records, end } = readAll(rdb(parts, 'REDIS0009', 'none'));

    expect(entriesOf(records).map(({ db, expires }) => [db, expires])).toEqual([
      [5, 1_700_000_000_123],
      [5, 1_577_836_800_000],
      [5, undefined],
    ]);
    expect(end.checksum).toBe('none');
    expect(readAll(wrong).end).toMatchObject({ checksum: 'wrong', damage: undefined });
    expect(readAll(rdb(parts, 'REDIS0003')).end.checksum).toBe('none');
  });

  test('stops at an unknown type, says where, and has given what stands before it', () => {
    const first = key(TYPE.string, 'a', text('1'));

    const { records, end } = readAll(rdb([first, key(99, 'b', text('1'))]));

    expect(entriesOf(records)).toHaveLength(1);
    expect(end.damage).toEqual({
      message: 'an unknown type of value, 99',
      offset: 9 + first.length,
      truncated: false,
    });
  });

  test.for([
    ['a length of 2^60', [key(TYPE.string, 'x', wideLength(2n ** 60n))]],
    ['a list of 2^52 elements', [key(TYPE.list, 'x', wideLength(2n ** 52n), text('a'))]],
    ['a length beyond what is countable', [key(TYPE.set, 'x', wideLength(2n ** 64n - 1n))]],
    [
      'LZF that says it becomes a terabyte',
      [key(TYPE.string, 'x', Buffer.from([0xc3]), length(4), wideLength(2n ** 40n), Buffer.alloc(4))],
    ],
    [
      'a pending list of 2^50',
      [
        key(
          TYPE.stream,
          'x',
          length(0),
          length(0),
          length(0),
          length(0),
          length(1),
          text('g'),
          length(0),
          length(0),
          wideLength(2n ** 50n),
        ),
      ],
    ],
  ] as const)('ends at once on %s', ([, parts]) => {
    const { end } = readAll(rdb(parts));

    expect(end.damage).toBeDefined();
  });

  test('survives a file of zeros, an empty one and a cut one', () => {
    const whole = everyFormRdb();

    expect(readAll(Buffer.alloc(1_000)).end.damage?.message).toBe('it does not begin as an RDB does');
    expect(readAll(Buffer.alloc(0)).end.damage).toBeDefined();
    for (let cut = 9; cut < whole.length; cut += 7) {
      expect(readAll(whole.subarray(0, cut)).end.damage?.truncated).toBe(true);
    }
  });
});

describe('damage', () => {
  const samples = [
    everyFormRdb(),
    ...EVERY_FORM.map(({ bytes }) => rdb([...EVERY_OPCODE.slice(0, 3), bytes])),
  ];

  test('is never more than an end with a reason', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.option(fc.nat()),
        (sample, changes, cut) => {
          const bytes = Buffer.from(sample);
          for (const [at, value] of changes) bytes[9 + (at % (bytes.length - 9))] = value;
          const file = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);

          const { end, records } = readAll(file, USUAL_WANTED);

          expect(end.length).toBeLessThanOrEqual(file.length);
          expect(records.length).toBeLessThanOrEqual(file.length);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  test('of an append-only file is the same', () => {
    const commands = [
      '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nhello\r\n',
      '#TS:1700000000\r\n',
      '*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n',
    ];
    const sample = Buffer.concat([everyFormRdb(), Buffer.from(commands.join(''))]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(), (changes, cut) => {
        const bytes = Buffer.from(sample.subarray(cut % 2 === 0 ? 0 : sample.length - 80));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const reader = readAof(
          createByteWindow(bufferSource(bytes.subarray(0, cut % (2 * bytes.length))), true),
        );

        const count = [...reader].length;

        expect(count).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 800 },
    );
  });
});

describe('the reader of append-only files', () => {
  function commandsOf(bytes: string): { commands: unknown[]; damage: unknown } {
    const reader = readAof(createByteWindow(bufferSource(Buffer.from(bytes, 'latin1')), false));
    const commands: unknown[] = [];
    for (;;) {
      const step = reader.next();
      if (step.done === true) return { commands, damage: step.value.damage };
      if (step.value.kind === 'command') {
        const { db, argv, time } = step.value;
        commands.push([db, time, ...argv]);
      }
    }
  }

  test('follows databases and time stamps', () => {
    const { commands, damage } = commandsOf(
      '#TS:1700000000\r\n*2\r\n$6\r\nSELECT\r\n$2\r\n12\r\n*3\r\n$3\r\nset\r\n$1\r\nk\r\n$0\r\n\r\n*1\r\n$5\r\nMULTI\r\n',
    );

    expect(commands).toEqual([
      [12, 1_700_000_000, 'set', 'k', ''],
      [12, 1_700_000_000, 'MULTI'],
    ]);
    expect(damage).toBeUndefined();
  });

  test('gives what is whole of a cut one', () => {
    const { commands, damage } = commandsOf('*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nDEL\r\n$1\r\n');

    expect(commands).toHaveLength(1);
    expect(damage).toMatchObject({ truncated: true, offset: 14 });
  });

  test.for([
    '*-1\r\n',
    '*99999999\r\n',
    '*1\r\n$99999999999\r\n',
    '*1\r\n$3\r\nabcd\r\n',
    '#no end',
    '*0\r\n',
    'PING\r\n',
  ])('stops at %j', (bytes) => {
    expect(commandsOf(bytes).damage).toBeDefined();
  });

  test('keeps the beginning of an enormous argument, and its hash', () => {
    const reader = readAof(
      createByteWindow(
        bufferSource(Buffer.from(`*2\r\n$3\r\nDEL\r\n$3000000\r\n${'x'.repeat(3_000_000)}\r\n`)),
        false,
      ),
    );

    const [first] = [...reader];

    expect(first).toMatchObject({
      cut: [
        {
          index: 1,
          length: 3_000_000,
          sha256: createHash('sha256').update('x'.repeat(3_000_000)).digest('hex'),
        },
      ],
    });
    expect(first?.kind === 'command' ? first.argv[1] : undefined).toHaveLength(65_536);
  });
});
