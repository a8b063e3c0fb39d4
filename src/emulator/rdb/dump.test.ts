import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { seededRandom } from '../../platform/random.ts';
import { crc64 } from '../../redis/crc64.ts';
import { createByteList } from '../byte-list.ts';
import { loadPersona, personaNames } from '../persona.ts';
import { createScores } from '../scored-members.ts';
import { createStreamEntries } from '../streams/entries.ts';
import { streamId } from '../streams/id.ts';
import { createConsumer, createGroup, createStream } from '../streams/stream.ts';
import type { Value } from '../value.ts';
import type { World } from '../world.ts';
import { createWorld } from '../world.ts';
import { dumpValue, isDump, restoreValue } from './dump.ts';
import { readRdb } from './read-rdb.ts';
import { rdbStyle } from './style.ts';
import { writeRdb } from './write-rdb.ts';

const PLENTY = 10_000_000;
const FUTURE = 1_900_000_000_000;

function worldOf(name: string): World {
  const clock = fixedClock(1_700_000_000_000);
  const persona = loadPersona(name);
  return createWorld({ persona, clock, random: seededRandom(1), port: 6379, maxClients: 10 }, new Map());
}
const worlds = new Map(personaNames().map((name) => [name, worldOf(name)]));

const bytes = fc.uint8Array({ maxLength: 90 }).map((some) => Buffer.from(some).toString('latin1'));
const item = fc.oneof(bytes, fc.integer().map(String), fc.constantFrom('', 'ab'.repeat(50)));
const some = fc.uniqueArray(item, { minLength: 1, maxLength: 150 });
const score = fc.double({ noNaN: true });

const text = item.map((content): Value => ({ type: 'string', text: content }));
const list = some.map((items): Value => ({ type: 'list', items: createByteList(items) }));
const set = some.map((members): Value => ({ type: 'set', members: new Set(members) }));
const hash = some.map(
  (names): Value => ({ type: 'hash', fields: new Map(names.map((name, at) => [name, String(at)])) }),
);
const zset = fc.tuple(some, fc.array(score, { minLength: 150, maxLength: 150 })).map(
  ([members, scores]): Value => ({
    type: 'zset',
    scores: createScores(members.map((member, at) => [member, scores[at] ?? 0])),
  }),
);
const stream = some.map(streamOf);
const value = fc.oneof(text, list, set, hash, zset, stream);

function streamOf(values: readonly string[]): Value {
  const limits = { entries: 100, bytes: 4_096, deletedCount: true };
  const entries = createStreamEntries();
  for (const [at, one] of values.entries()) {
    entries.append(
      streamId(BigInt(at + 1), 5n),
      at % 7 === 0 ? ['a', 'b'] : ['a'],
      [one, one].slice(at % 7 === 0 ? 0 : 1),
      limits,
    );
  }
  const made = createStream(entries);
  made.lastId = entries.last?.id ?? made.lastId;
  made.added = BigInt(values.length);
  const group = createGroup('group', made.lastId, 1n);
  const consumer = createConsumer('consumer', FUTURE, FUTURE);
  const first = entries.first?.id ?? made.lastId;
  const entry = { consumer, deliveredAt: FUTURE, deliveries: 3 };
  group.consumers.set('consumer', consumer);
  group.pending.set(first, entry);
  consumer.pending.set(first, entry);
  made.groups.set('group', group);
  return { type: 'stream', stream: made };
}

/** The same payload with a right checksum, whatever was done to it. */
function sealed(payload: string): string {
  const body = Buffer.from(payload.slice(0, -8), 'latin1');
  const checksum = Buffer.alloc(8);
  checksum.writeBigUInt64LE(crc64(body));
  return Buffer.concat([body, checksum]).toString('latin1');
}

const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });

function damaged(payload: string, places: readonly (readonly [number, number])[]): string {
  const codes = Buffer.from(payload, 'latin1');
  for (const [at, byte] of places) codes[at % codes.length] = byte;
  return codes.toString('latin1');
}

describe.each([...worlds])('DUMP of %s', (_, world) => {
  const style = rdbStyle(world);

  test('is read back as the same value', () => {
    fc.assert(
      fc.property(value, (original) => {
        const payload = dumpValue(original, style);
        const restored = restoreValue(payload, PLENTY);

        expect(isDump(payload, style.rdbVersion)).toBe(true);
        expect('type' in restored && dumpValue(restored, style)).toBe(payload);
      }),
    );
  });

  test('is refused when a byte of it is another one', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (original, place, change) => {
        const codes = Buffer.from(dumpValue(original, style), 'latin1');
        const at = place % codes.length;
        codes[at] = (codes[at] ?? 0) ^ change;

        expect(isDump(codes.toString('latin1'), style.rdbVersion)).toBe(false);
      }),
    );
  });

  test('is a value or a fault with whatever is in it', () => {
    fc.assert(
      fc.property(value, damage, (original, places) => {
        const outcome = restoreValue(sealed(damaged(dumpValue(original, style), places)), PLENTY);

        expect('type' in outcome || outcome.kind === 'fault').toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a whole file is read back, and read as far as it goes when it is damaged', () => {
    const database = world.databases[3];
    const values = fc.sample(value, { numRuns: 30, seed: 5 });
    for (const [at, one] of values.entries())
      database?.set(`key ${at}`, one, at % 3 === 0 ? FUTURE : undefined);

    const file = writeRdb(world, { db: 0, id: 'a'.repeat(40), offset: 7 });

    const content = readRdb(Buffer.from(file, 'latin1'), PLENTY);
    expect(content.fault).toBeUndefined();
    const found = new Map(content.entries.map((entry) => [entry.key, entry]));
    expect(values.map((_value, at) => found.get(`key ${at}`)?.expires)).toEqual(
      values.map((_value, at) => (at % 3 === 0 ? FUTURE : undefined)),
    );
    expect(values.map((one) => dumpValue(one, style))).toEqual(
      values.map((one, at) => dumpValue(found.get(`key ${at}`)?.value ?? one, style)),
    );
    fc.assert(
      fc.property(damage, (places) => {
        const broken = readRdb(Buffer.from(damaged(file, places), 'latin1'), PLENTY);

        expect(broken.entries.length).toBeLessThanOrEqual(values.length + 1);
      }),
    );
  });
});

describe('a payload that promises more than it holds', () => {
  const restore = (body: readonly number[], budget = PLENTY): ReturnType<typeof restoreValue> =>
    restoreValue(Buffer.from([...body, ...Array.from({ length: 10 }, () => 0)]).toString('latin1'), budget);

  test.for([
    ['a string of four gigabytes', [0, 0x80, 0xff, 0xff, 0xff, 0xff]],
    ['a list of 2^64 items', [1, 0x81, 255, 255, 255, 255, 255, 255, 255, 255]],
    ['LZF data that cannot become so long', [0, 0xc3, 3, 0x80, 0xff, 0xff, 0xff, 0xff, 0, 0, 0]],
    ['a listpack that is longer than its bytes', [18, 1, 2, 7, 0xff, 0xff, 0, 0, 1, 0, 0xff]],
    ['a value of a module', [7, 5, 2, 9, 0]],
    ['an unknown type', [99, 1, 2]],
  ] as const)('%s is a fault', ([, body]) => {
    expect(restore(body)).toMatchObject({ kind: 'fault' });
  });

  test('is told apart when the budget alone forbids it', () => {
    const payload = dumpValue(
      { type: 'string', text: 'ab'.repeat(5_000) },
      rdbStyle(worldOf('redis-7.0.15-debian-12')),
    );

    expect(restoreValue(payload, 5_000)).toMatchObject({ kind: 'fault', tooLarge: true });
  });
});

describe('values of older releases', () => {
  const hexOf = (spaced: string): string => spaced.replaceAll(' ', '');
  const restored = (hex: string): Value | undefined => {
    const outcome = restoreValue(Buffer.from(`${hex}${'00'.repeat(10)}`, 'hex').toString('latin1'), PLENTY);
    return 'type' in outcome ? outcome : undefined;
  };

  test('a hash of 2.4 is read from its zipmap', () => {
    const value24 = restored(hexOf('09 11 02 01 61 02 01 7879 00 02 6262 03 00 636465 ff'));

    expect(value24).toEqual({
      type: 'hash',
      fields: new Map([
        ['a', 'xy'],
        ['bb', 'cde'],
      ]),
    });
  });

  test('scores as text are read', () => {
    const value18 = restored(hexOf('03 03 0161 03312e35 0162 fe 0163 ff'));

    expect(value18?.type === 'zset' && [...value18.scores.byMember]).toEqual([
      ['a', 1.5],
      ['b', Infinity],
      ['c', -Infinity],
    ]);
  });
});
