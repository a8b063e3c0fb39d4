import { describe, expect, test } from 'vitest';
import type { Speaker } from '../model/recording.ts';
import type { Piece } from './read-recording.ts';
import type { Target } from './rerun.ts';
import { rerun } from './rerun.ts';
import type { Script } from './script.ts';
import { scriptOf } from './script.ts';

async function script(...pieces: readonly (readonly [Speaker, string] | Piece)[]): Promise<Script> {
  async function* stream(): AsyncGenerator<Piece> {
    for (const [ms, piece] of pieces.entries()) {
      if ('kind' in piece) yield piece;
      else yield { kind: 'bytes', ms, from: piece[0], bytes: Buffer.from(piece[1], 'latin1') };
    }
  }
  return scriptOf(stream());
}

/** Answers each send with the next of these; hangs up when there is none left. */
function target(...answers: readonly string[]): Target & { readonly heard: string[] } {
  const heard: string[] = [];
  let came = '';
  let left = [...answers];
  return {
    heard,
    send: (bytes) => {
      heard.push(bytes);
      came += left.shift() ?? '';
    },
    read: async () => {
      const bytes = came;
      came = '';
      if (bytes !== '') return bytes;
      return left.length === 0 && heard.length > answers.length ? undefined : '';
    },
  };
}

describe('saying a recording again', () => {
  test('sends the same bytes in the same pieces, and finds equal replies equal', async () => {
    const recorded = await script(['visitor', 'PI'], ['visitor', 'NG\r\n'], ['sensor', '+PONG\r\n']);
    const other = target('', '+PONG\r\n');

    const result = await rerun(recorded, other);

    expect(other.heard).toEqual(['PI', 'NG\r\n']);
    expect(result).toMatchObject({
      replies: 1,
      exact: 1,
      shape: 0,
      different: 0,
      said: 'all',
      differences: [],
    });
  });

  test('names the request whose reply differs, and how', async () => {
    const recorded = await script(
      ['visitor', 'GET a\r\nGET b\r\n'],
      ['sensor', '$1\r\nx\r\n$1\r\ny\r\n'],
      ['visitor', 'DBSIZE\r\n'],
      ['sensor', ':5\r\n'],
    );

    const { differences, ...counts } = await rerun(recorded, target('$1\r\nx\r\n$-1\r\n', ':6\r\n'));

    expect(counts).toMatchObject({ exact: 1, shape: 1, different: 1 });
    expect(differences).toEqual([
      { reply: 2, request: 'GET b', likeness: 'different', recorded: ['"y"'], now: ['(nil)'] },
      { reply: 3, request: 'DBSIZE', likeness: 'shape', recorded: ['(integer) 5'], now: ['(integer) 6'] },
    ]);
  });

  test('tells of replies that are missing or too many', async () => {
    const recorded = await script(['visitor', 'PING\r\nPING\r\n'], ['sensor', '+PONG\r\n+PONG\r\n']);

    const less = await rerun(recorded, target('+PONG\r\n'));
    const more = await rerun(recorded, target('+PONG\r\n'.repeat(3)));

    expect(less).toMatchObject({ different: 1, differences: [{ likeness: 'missing', now: [] }] });
    expect(more).toMatchObject({ exact: 2, different: 1, differences: [{ likeness: 'surplus' }] });
  });

  test('does not compare messages that others caused', async () => {
    const message = '*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n';
    const subscribed = '*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\nd\r\n:2\r\n';
    const recorded = await script(
      ['visitor', 'SUBSCRIBE c d\r\n'],
      ['sensor', subscribed + message],
      ['visitor', 'PING\r\n'],
      ['sensor', '*2\r\n$4\r\npong\r\n$0\r\n\r\n'],
    );

    const result = await rerun(recorded, target(subscribed, '*2\r\n$4\r\nPONG\r\n$0\r\n\r\n'));

    expect(result).toMatchObject({ replies: 3, exact: 2, different: 1, unasked: { recorded: 1, now: 0 } });
    expect(result.differences[0]?.request).toBe('PING');
  });

  test('says the part before a hole, and that it is a part', async () => {
    const hole: Piece = { kind: 'gap', ms: 5, gap: { why: 'session', visitor: 1, sensor: 1 } };
    const recorded = await script(['visitor', 'PING\r\n'], ['sensor', '+PONG\r\n'], hole, [
      'visitor',
      'rest',
    ]);
    const other = target('+PONG\r\n');

    const result = await rerun(recorded, other);

    expect(other.heard).toEqual(['PING\r\n']);
    expect(result).toMatchObject({ exact: 1, said: 'the beginning' });
  });

  test('stops when the other side hangs up', async () => {
    const recorded = await script(
      ['visitor', 'PING\r\n'],
      ['sensor', '+PONG\r\n'],
      ['visitor', 'PING\r\n'],
      ['sensor', '+PONG\r\n'],
    );
    const gone: Target = { send: () => undefined, read: async () => undefined };

    expect(await rerun(recorded, gone)).toMatchObject({ said: 'until it hung up', different: 2 });
  });

  test('asks of what is no reply only that it is there', async () => {
    const recorded = await script(
      ['visitor', 'PSYNC ? -1\r\n'],
      ['sensor', '+FULLRESYNC x 0\r\n$5\r\nREDISa'],
    );

    const same = await rerun(recorded, target('+FULLRESYNC x 0\r\n$5\r\nREDISb'));
    const none = await rerun(recorded, target('+FULLRESYNC x 0\r\n'));

    expect(same).toMatchObject({ exact: 1, shape: 1, different: 0 });
    expect(none).toMatchObject({ exact: 1, different: 1 });
  });
});
