import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RecordingHead, Speaker } from '../model/recording.ts';
import { fixedClock } from '../platform/clock.ts';
import { seededRandom } from '../platform/random.ts';
import type { FrameKind } from './frame.ts';
import { writeFrame } from './frame.ts';
import { findRecordings, listRecordings } from './library.ts';
import type { Piece } from './read-recording.ts';
import { readRecording } from './read-recording.ts';
import type { Recordings, RecordingsOptions } from './recordings.ts';
import { openRecordings } from './recordings.ts';

const MEGABYTE = 1_048_576;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sundew-recordings-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function opened(at: string, more: Partial<RecordingsOptions> = {}): Promise<Recordings> {
  return openRecordings({
    folder: at,
    clock: fixedClock(Date.UTC(2026, 0, 15)),
    random: seededRandom(readdirSync(at).length + 1),
    mostBytes: 64 * MEGABYTE,
    onTrouble: (_, error) => {
      throw error;
    },
    ...more,
  });
}

function head(session: string, address = '203.0.113.5'): RecordingHead {
  return {
    session,
    sensor: 'redis',
    peer: { address, port: 40_000 },
    local: { address: '192.0.2.1', port: 6379 },
    opened: Date.UTC(2026, 0, 15),
  };
}

async function piecesOf(at: string, session: string): Promise<Piece[]> {
  const [recording] = await findRecordings(at, session);
  const pieces: Piece[] = [];
  if (recording === undefined) return pieces;
  for await (const piece of readRecording(recording)) pieces.push(piece);
  return pieces;
}

/** What one side sent, as it is kept. */
async function bytesOf(at: string, session: string, from: Speaker): Promise<string> {
  const pieces = await piecesOf(at, session);
  return pieces
    .flatMap((piece) =>
      piece.kind === 'bytes' && piece.from === from ? [piece.bytes.toString('latin1')] : [],
    )
    .join('');
}

function segment(at: string): string {
  const [name = ''] = readdirSync(at).filter((one) => one.endsWith('.tape'));
  return join(at, name);
}

describe('recordings', () => {
  test('give back both sides with their times and order, however sessions mix', async () => {
    const said = fc.array(
      fc.tuple(
        fc.constantFrom('a1', 'b2', 'c3'),
        fc.constantFrom<Speaker>('visitor', 'sensor'),
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
      ),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(said, async (all) => {
        const at = folder();
        const recordings = await opened(at, { segmentBytes: 4_096 });
        const tapes = new Map(['a1', 'b2', 'c3'].map((id) => [id, recordings.open(head(id))]));
        for (const [ms, [id, from, bytes]] of all.entries()) tapes.get(id)?.add(from, bytes, ms);
        for (const tape of tapes.values()) tape.end(1_000);
        await recordings.close();

        for (const id of tapes.keys()) {
          const expected = all.flatMap(([session, from, bytes], ms) =>
            session === id ? [{ kind: 'bytes', ms, from, bytes: Buffer.from(bytes) }] : [],
          );
          const end = expected.length === 0 ? [] : [{ kind: 'end', ms: 1_000 }];
          expect(await piecesOf(at, id)).toEqual([...expected, ...end]);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('cut what is longer than a frame, and lose nothing of it', async () => {
    const at = folder();
    const recordings = await opened(at);
    const long = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

    const tape = recordings.open(head('a1'));
    tape.add('visitor', long, 0);
    tape.add('sensor', long.toString('latin1'), 1);
    tape.end(2);
    await recordings.close();

    expect(Buffer.from(await bytesOf(at, 'a1', 'visitor'), 'latin1').equals(long)).toBe(true);
    expect(Buffer.from(await bytesOf(at, 'a1', 'sensor'), 'latin1').equals(long)).toBe(true);
  });

  test('take two files for ten thousand short visits', async () => {
    const at = folder();
    const recordings = await opened(at);

    for (let count = 0; count < 10_000; count++) {
      const tape = recordings.open(head(`v${count}`, `2001:db8::${count.toString(16)}`));
      tape.add('visitor', 'PING\r\n', 0);
      tape.add('sensor', '+PONG\r\n', 1);
      tape.end(2);
    }
    await recordings.close();

    expect(readdirSync(at)).toHaveLength(2);
    expect(await listRecordings(at)).toHaveLength(10_000);
    expect(await bytesOf(at, 'v9999', 'sensor')).toBe('+PONG\r\n');
  });

  test('say what of a long visit is not kept', async () => {
    const at = folder();
    const recordings = await opened(at, { sessionBytes: 1_000 });
    const tape = recordings.open(head('a1'));

    tape.add('visitor', 'x'.repeat(900), 0);
    tape.add('visitor', 'y'.repeat(200), 1);
    tape.add('sensor', 'z', 2);
    tape.end(3);
    await recordings.close();

    const pieces = await piecesOf(at, 'a1');
    expect(pieces.slice(1)).toEqual([
      { kind: 'gap', ms: 3, gap: { why: 'session', visitor: 200, sensor: 1 } },
      { kind: 'end', ms: 3 },
    ]);
    expect((await listRecordings(at))[0]).toMatchObject({ visitor: 900, lost: 201, ended: true });
  });

  test('keep of a flood from one address what its budget allows, and go on when it is quiet', async () => {
    const at = folder();
    const clock = fixedClock(Date.UTC(2026, 0, 15));
    const pace = { bytes: 100_000, bytesPerSecond: 1_000_000, frames: 50, framesPerSecond: 1_000 };
    const recordings = await opened(at, { clock, pace });
    const flood = recordings.open(head('f1'));
    const other = recordings.open(head('b2', '198.51.100.7'));

    for (let count = 0; count < 500; count++) flood.add('visitor', 'PING\r\n', count);
    other.add('visitor', 'INFO\r\n', 0);
    clock.advance(1_000);
    await expect
      .poll(
        async () => {
          flood.add('visitor', 'LAST\r\n', 2_000);
          await recordings.flush();
          return bytesOf(at, 'f1', 'visitor');
        },
        { timeout: 20_000 },
      )
      .toContain('LAST');
    await recordings.close();

    const gap = (await piecesOf(at, 'f1')).find((piece) => piece.kind === 'gap');
    expect(gap).toMatchObject({ gap: { why: 'source' } });
    expect((await bytesOf(at, 'f1', 'visitor')).split('PING').length).toBeLessThan(60);
    expect(await bytesOf(at, 'b2', 'visitor')).toBe('INFO\r\n');
  });

  test('drop with a mark when more waits for the disk than may', async () => {
    const at = folder();
    const recordings = await opened(at, { waitingBytes: 10_000 });
    const tape = recordings.open(head('a1'));

    for (let count = 0; count < 20; count++) tape.add('visitor', 'x'.repeat(1_000), count);
    await recordings.flush();
    tape.add('visitor', 'behind', 30);
    await recordings.close();

    const pieces = await piecesOf(at, 'a1');
    const kept = pieces.filter(({ kind }) => kind === 'bytes').length - 1;
    expect(pieces.at(-2)).toMatchObject({ kind: 'gap', gap: { why: 'disk', visitor: (20 - kept) * 1_000 } });
    expect((await bytesOf(at, 'a1', 'visitor')).endsWith('behind')).toBe(true);
  });

  test('tell once that the disk refuses, go on without it, and record again', async () => {
    const at = folder();
    const place = join(at, 'recordings');
    const clock = fixedClock(Date.UTC(2026, 0, 15));
    const troubles: string[] = [];
    const onTrouble = (path: string): number => troubles.push(path);
    const recordings = await openRecordings({
      folder: place,
      clock,
      random: seededRandom(3),
      mostBytes: MEGABYTE,
      onTrouble,
    });
    const tape = recordings.open(head('a1'));

    rmSync(place, { recursive: true });
    writeFileSync(place, 'in the way');
    for (let count = 0; count < 3; count++) {
      tape.add('visitor', 'lost', count);
      await recordings.flush();
    }
    rmSync(place);
    clock.advance(10_000);
    tape.add('visitor', 'kept', 10);
    tape.end(11);
    await recordings.close();

    expect(troubles).toHaveLength(1);
    const pieces = await piecesOf(place, 'a1');
    expect(pieces.map(({ kind }) => kind)).toEqual(['missing', 'gap', 'bytes', 'end']);
    expect(await bytesOf(place, 'a1', 'visitor')).toBe('kept');
  });

  test('remove the oldest when all together take too much', async () => {
    const at = folder();
    const clock = fixedClock(Date.UTC(2026, 0, 15));
    const recordings = await opened(at, { clock, mostBytes: 8 * MEGABYTE, segmentBytes: MEGABYTE });
    const wide = { bytes: 1e9, bytesPerSecond: 0, frames: 1e9, framesPerSecond: 0 };
    await recordings.close();
    const more = await opened(at, { clock, mostBytes: 8 * MEGABYTE, segmentBytes: MEGABYTE, pace: wide });

    for (let count = 0; count < 30; count++) {
      clock.advance(60_000);
      const tape = more.open(head(`v${count}`, `203.0.113.${count}`));
      tape.add('visitor', 'x'.repeat(500_000), 0);
      tape.end(1);
      await more.flush();
    }
    await more.close();

    const total = readdirSync(at).reduce((sum, name) => sum + statSync(join(at, name)).size, 0);
    expect(total).toBeLessThanOrEqual(8 * MEGABYTE);
    const left = (await listRecordings(at)).map(({ head: { session } }) => session);
    expect(left).toContain('v29');
    expect(left).not.toContain('v0');
    expect(left.length).toBeGreaterThan(10);
  });

  test('forget no visit when its first segment has been removed', async () => {
    const at = folder();
    const clock = fixedClock(Date.UTC(2026, 0, 15));
    const recordings = await opened(at, { clock, segmentBytes: 4_096 });
    const tape = recordings.open(head('a1'));

    tape.add('visitor', 'x'.repeat(3_000), 0);
    await recordings.flush();
    clock.advance(60_000);
    tape.add('visitor', 'y'.repeat(3_000), 60_000);
    await recordings.close();
    const [oldest = ''] = readdirSync(at)
      .filter((name) => name.endsWith('.tape'))
      .toSorted();
    rmSync(join(at, oldest));

    expect((await listRecordings(at))[0]).toMatchObject({ begun: false, ended: false });
    expect((await piecesOf(at, 'a1'))[0]).toMatchObject({ kind: 'missing' });
    expect(await bytesOf(at, 'a1', 'visitor')).toBe('y'.repeat(3_000));
  });
});

describe('a damaged segment', () => {
  async function written(): Promise<string> {
    const at = folder();
    const recordings = await opened(at);
    const tape = recordings.open(head('a1'));
    for (let count = 0; count < 10; count++) tape.add('visitor', `part ${count};`, count);
    tape.end(10);
    await recordings.close();
    for (const name of readdirSync(at)) if (name.endsWith('.index')) rmSync(join(at, name));
    return at;
  }

  test('without an index is read all the same, and gets one at the next start', async () => {
    const at = await written();

    const before = await listRecordings(at);
    await (await opened(at)).close();

    expect(before).toHaveLength(1);
    expect(readdirSync(at).filter((name) => name.endsWith('.index'))).toHaveLength(1);
    expect(await listRecordings(at)).toEqual(before);
  });

  test('that was cut anywhere gives what stands before the cut', async () => {
    const at = await written();
    const path = segment(at);
    const whole = readFileSync(path);
    const all = await bytesOf(at, 'a1', 'visitor');

    for (let length = 0; length < whole.length; length += 7) {
      writeFileSync(path, whole.subarray(0, length));
      const left = await bytesOf(at, 'a1', 'visitor');
      expect(all.startsWith(left)).toBe(true);
    }
    writeFileSync(path, whole);
    expect(await bytesOf(at, 'a1', 'visitor')).toBe(all);
  });

  test('gives the frames around a damaged one, and says that it is missing', async () => {
    const at = await written();
    const path = segment(at);
    const bytes = readFileSync(path);
    const place = bytes.indexOf('part 4;');
    bytes[place] = 0;
    writeFileSync(path, bytes);

    const pieces = await piecesOf(at, 'a1');

    expect(pieces.filter(({ kind }) => kind === 'missing')).toEqual([{ kind: 'missing', ms: 5, frames: 1 }]);
    expect(await bytesOf(at, 'a1', 'visitor')).not.toContain('part 4;');
    expect(await bytesOf(at, 'a1', 'visitor')).toContain('part 3;part 5;');
  });

  test('is not fooled by frames that a visitor sent as bytes', async () => {
    const at = folder();
    const recordings = await opened(at);
    const forged = Buffer.alloc(200);
    const kind: FrameKind = 2;
    const end = writeFrame(forged, 0, 0, { kind, session: 'a1', sequence: 3, ms: 1, payload: 'forged' });
    const tape = recordings.open(head('a1'));
    tape.add('visitor', forged.subarray(0, end), 0);
    tape.end(1);
    await recordings.close();
    const path = segment(at);
    const bytes = readFileSync(path);
    // The frame around the forged one is damaged, so that the reader looks for the next mark inside it.
    const place = bytes.indexOf('forged') - end;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(path, bytes);

    expect(await bytesOf(at, 'a1', 'visitor')).toBe('');
  });

  test('never makes the reader fail, whatever it holds', async () => {
    const at = folder();
    const path = join(at, '20260115T000000Z-00000007.tape');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        writeFileSync(path, bytes);

        expect(await listRecordings(at)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('finding a recording', () => {
  test('takes the beginning of an id, and nothing else', async () => {
    const at = folder();
    const recordings = await opened(at);
    for (const id of ['abc1', 'abc2', 'xabc']) {
      const tape = recordings.open(head(id));
      tape.add('visitor', 'PING\r\n', 0);
    }
    await recordings.close();

    const ids = async (asked: string): Promise<string[]> =>
      (await findRecordings(at, asked)).map(({ head: { session } }) => session);

    expect(await ids('abc')).toEqual(['abc1', 'abc2']);
    expect(await ids('abc2')).toEqual(['abc2']);
    expect(await ids('203.0')).toEqual([]);
    expect(await ids('"')).toEqual([]);
    expect(await findRecordings(join(at, 'nowhere'), 'a')).toEqual([]);
  });
});
