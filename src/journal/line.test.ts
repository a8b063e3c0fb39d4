import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asciiJson } from './ascii-json.ts';
import { decodeLine, encodeLine, lineHead } from './line.ts';

const byteString = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 })
  .map((bytes) => String.fromCharCode(...bytes));

function eventWith(args: readonly string[]) {
  return {
    id: '0a1b2c3d-0000000001',
    time: 1_767_225_600_000,
    vantage: 'sensor' as const,
    sensor: 'redis-6379',
    session: 's',
    peer: { address: '2001:db8::1', port: 1 },
    act: { type: 'redis.command' as const, name: 'set', args: [...args], db: 0, reply: 'ok' as const },
  };
}

function lineOf(event: unknown): string {
  return encodeLine(asciiJson(event).slice(1));
}

function withoutNewline(line: string): Buffer {
  return Buffer.from(line.slice(0, -1), 'latin1');
}

describe('line', () => {
  test('gives any byte strings back', () => {
    fc.assert(
      fc.property(fc.array(byteString, { maxLength: 5 }), (args) => {
        const event = eventWith(args);

        expect(decodeLine(withoutNewline(lineOf(event)))).toEqual(event);
      }),
    );
  });

  test('holds printable ASCII and one newline only', () => {
    const every = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');

    const line = lineOf(eventWith([every, '\u2028\ud800\u{1f600}']));

    expect(line).toMatch(/^[\x20-\x7e]+\n$/);
  });

  test('notices any single byte that was changed', () => {
    const good = withoutNewline(lineOf(eventWith(['dir', '/var/spool/cron\u00ff'])));
    const believed: number[] = [];

    for (let at = 0; at < good.length; at++) {
      for (const mask of [1, 0x20, 0x80, 0xff]) {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] ?? 0) ^ mask;
        if (!('fault' in decodeLine(bad))) believed.push(at);
      }
    }

    expect(believed).toEqual([]);
  });

  test('notices a line that was cut anywhere', () => {
    const good = withoutNewline(lineOf(eventWith(['x'])));

    const believed = Array.from({ length: good.length }, (_, end) =>
      decodeLine(good.subarray(0, end)),
    ).filter((outcome) => !('fault' in outcome));

    expect(believed).toEqual([]);
  });

  test.for<[string, string]>([
    ['{"crc":"00000000","id":1}', 'its checksum does not match'],
    [encodeLine('no json').slice(0, -1), 'it is not JSON'],
    [encodeLine('"id":"x"}').slice(0, -1), 'it is not an event'],
    ['', 'its checksum does not match'],
  ])('says what is wrong with %j', ([line, fault]) => {
    expect(decodeLine(Buffer.from(line, 'latin1'))).toEqual({ fault });
  });

  test('never throws on any bytes behind a right checksum', () => {
    fc.assert(
      fc.property(byteString, (members) => {
        expect(decodeLine(withoutNewline(encodeLine(members)))).toHaveProperty('fault');
      }),
    );
  });

  test('survives the deepest nesting that fits', () => {
    const line = withoutNewline(encodeLine(`"id":${'['.repeat(8_000_000)}`));

    expect(decodeLine(line)).toEqual({ fault: 'it is not JSON' });
  });

  test('shows number and time without reading all of it', () => {
    expect(lineHead(withoutNewline(lineOf(eventWith([]))))).toEqual({ sequence: 1, time: 1_767_225_600_000 });
  });

  test('shows the time of an event that another program wrote', () => {
    const { id: _, ...rest } = eventWith([]);

    expect(lineHead(withoutNewline(lineOf({ ...rest, id: 'x' })))).toEqual({
      sequence: -1,
      time: 1_767_225_600_000,
    });
  });
});
