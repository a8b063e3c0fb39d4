import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Speaker } from '../model/recording.ts';
import { bulks } from '../wire/resp-reply.ts';
import { play } from './play.ts';
import type { PlayLine } from './play-line.ts';
import { SHORT } from './play-line.ts';
import type { Piece } from './read-recording.ts';

const said = (from: Speaker, text: string, ms = 0): Piece => ({
  kind: 'bytes',
  ms,
  from,
  bytes: Buffer.from(text, 'latin1'),
});

async function* stream(pieces: readonly Piece[]): AsyncGenerator<Piece> {
  yield* pieces;
}

async function played(...pieces: Piece[]): Promise<PlayLine[]> {
  const lines: PlayLine[] = [];
  for await (const line of play(stream(pieces), SHORT)) lines.push(line);
  return lines;
}

async function texts(...pieces: Piece[]): Promise<string[]> {
  return (await played(...pieces)).flatMap(({ text }) => [...text]);
}

describe('playing a recording', () => {
  test('shows requests and replies as redis-cli does', async () => {
    const lines = await texts(
      said('visitor', bulks(['SET', 'key', 'a b"c\\'])),
      said('sensor', '+OK\r\n'),
      said('visitor', 'PING\r\nGET ""\r\n'),
      said('sensor', '+PONG\r\n$-1\r\n'),
      said('sensor', '*3\r\n:1\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n-ERR no\r\n'),
      said('sensor', '%1\r\n+role\r\n+master\r\n'),
      said('sensor', '$22\r\n# Server\r\nredis_mode:1\r\n'),
      said('sensor', '>3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n'),
    );

    expect(lines).toEqual([
      'SET key "a b\\"c\\\\"',
      'OK',
      'PING',
      'GET ""',
      'PONG',
      '(nil)',
      '1) (integer) 1',
      '2) 1) "a"',
      '   2) "b"',
      '3) (error) ERR no',
      '1# role => master',
      '# Server',
      'redis_mode:1',
      '1> "message"',
      '2> "c"',
      '3> "m"',
    ]);
  });

  test('shows a request at the time it was whole', async () => {
    const lines = await played(
      said('visitor', '*1\r\n$4\r\nPI', 5),
      said('visitor', 'NG\r\n', 90),
      said('sensor', '+PONG\r\n', 91),
    );

    expect(lines.map(({ ms, from, text }) => [ms, from, ...text])).toEqual([
      [90, 'visitor', 'PING'],
      [91, 'sensor', 'PONG'],
    ]);
  });

  test('shows bytes as bytes once they are no requests, and no replies', async () => {
    const lines = await texts(
      said('visitor', '*1\r\n$zz\r\n'),
      said('visitor', 'PING\r\n'),
      said('sensor', '+FULLRESYNC 0 1\r\n'),
      said('sensor', '$4\r\nREDIxx'),
      said('sensor', 'more'),
    );

    expect(lines).toEqual([
      '[9 bytes] *1\\r\\n$zz\\r\\n',
      '[6 bytes] PING\\r\\n',
      'FULLRESYNC 0 1',
      '[10 bytes] $4\\r\\nREDIxx',
      '[4 bytes] more',
    ]);
  });

  test('begins anew behind a hole', async () => {
    const lines = await texts(
      said('visitor', '*2\r\n$4\r\nECHO\r\n$9\r\n'),
      { kind: 'gap', ms: 1, gap: { why: 'source', visitor: 5, sensor: 6 } },
      said('visitor', 'PING\r\n'),
      { kind: 'missing', ms: 2, frames: 3 },
      { kind: 'end', ms: 3 },
    );

    expect(lines).toEqual([
      'Here 5 bytes of the visitor and 6 of the sensor were not kept: the address sent more than is kept of one.',
      'PING',
      'Here 3 pieces are missing: damaged, not written, or removed since.',
      'The connection ended.',
    ]);
  });

  test('bounds what one request or reply takes', async () => {
    const many = `*1000\r\n${':1\r\n'.repeat(1_000)}`;
    const lines = await played(
      said('visitor', bulks(['SADD', ...Array.from({ length: 10_000 }, (_, at) => `member-${at}`)])),
      said('visitor', bulks(['SET', 'k', 'v'.repeat(100_000)])),
      said('sensor', many),
      said('sensor', `*500\r\n`.repeat(400)),
    );

    for (const { text } of lines) {
      expect(text.length).toBeLessThanOrEqual(SHORT.lines + 1);
      for (const line of text) expect(line.length).toBeLessThan(2 * SHORT.width);
    }
    expect(lines[0]?.text[0]).toMatch(/… \d+ more$/);
    expect(lines[2]?.text.at(-1)).toBe('… 960 more lines');
  });

  test('never shows a character that acts, and never fails', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all).toString('latin1')),
      fc
        .array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 })
        .map((words) => bulks(words.map((word) => Buffer.from(word).toString('latin1')))),
      fc.constantFrom(
        '*2\r\n',
        '$5\r\n',
        '+\u009b31m\r\n',
        '%1\r\n',
        '-\u001b[2J\r\n',
        '=9\r\ntxt:\u0007abcd\r\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), bytes), { maxLength: 8 }), async (all) => {
        const lines = await texts(
          ...all.map(([visitor, text]) => said(visitor ? 'visitor' : 'sensor', text)),
        );

        for (const line of lines)
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
      }),
    );
  });
});
