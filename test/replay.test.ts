import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Piece } from '../src/recordings/read-recording.ts';
import type { Rerun } from '../src/recordings/rerun.ts';
import { bulks } from '../src/wire/resp-reply.ts';
import { openLine } from './emulator-probes/line.ts';
import { temporaryData } from './peers/data-folder.ts';
import { redisCli } from './peers/redis-cli.ts';
import { startRedis } from './peers/redis-server.ts';
import { startSensor } from './peers/running-sensor.ts';
import { sundew } from './peers/sundew.ts';

const BINARY = '\u0000\u00ff\u001b[2J\r\n\u0080';
type Data = ReturnType<typeof temporaryData>;

interface Listed {
  readonly head: { readonly session: string; readonly peer: { readonly port: number } };
  readonly visitor: number;
  readonly ended: boolean;
}

async function recordings(data: Data): Promise<Listed[]> {
  const { out } = await sundew(['recordings', '--json'], data);
  return JSON.parse(out) as Listed[];
}

/** All that one side sent, as the recording has it. */
async function bytesOf(session: string, from: 'visitor' | 'sensor', data: Data): Promise<string> {
  const { out } = await sundew(['replay', session, '--ndjson'], data);
  const [, ...pieces] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Piece);
  return pieces
    .flatMap((piece) => (piece.kind === 'bytes' && piece.from === from ? [piece.bytes.toString()] : []))
    .map((base64) => Buffer.from(base64, 'base64').toString('latin1'))
    .join('');
}

/** A visit with binary values, a transaction and a message from somebody else; resolves with what both sides said. */
async function visit(port: number): Promise<{ sent: string; got: string }> {
  const line = await openLine(port);
  let sent = '';
  let got = '';
  const ask = async (replies: number, ...requests: readonly (readonly string[])[]): Promise<void> => {
    const bytes = requests.map(bulks).join('');
    sent += bytes;
    line.send(bytes);
    for (let before = 0; before < replies; before++) await line.replied();
    got += line.take();
  };
  await ask(1, ['SET', BINARY, BINARY]);
  await ask(1, ['GET', BINARY]);
  await ask(1, ['MULTI']);
  await ask(1, ['INCR', 'count']);
  await ask(1, ['LPUSH', 'list', 'a', BINARY]);
  await ask(1, ['EXEC']);
  await ask(1, ['SUBSCRIBE', 'news']);
  const message = bulks(['message', 'news', BINARY]);
  const other = await openLine(port);
  other.send(bulks(['PUBLISH', 'news', BINARY]));
  await line.until((text) => text === message);
  got += line.take();
  await ask(1, ['PING']);
  line.finish();
  await line.gone();
  other.end();
  return { sent, got };
}

describe('session replay', () => {
  test('plays what was sent to the byte, and says it again without a difference', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data, '--no-bait');
    const { sent, got } = await visit(port);
    await running.stop();

    const session =
      (await recordings(data)).find(({ visitor }) => visitor === sent.length)?.head.session ?? '';
    expect(await bytesOf(session, 'visitor', data)).toBe(sent);
    expect(await bytesOf(session, 'sensor', data)).toBe(got);

    const played = await sundew(['replay', session.slice(0, 8), '--no-wait'], data);
    expect(played.code).toBe(0);
    expect(played.out).toContain('> SET "\\x00\\xff\\x1b[2J\\r\\n\\x80" "\\x00\\xff\\x1b[2J\\r\\n\\x80"');
    expect(played.out).toContain('< 1) (integer) 1');
    expect(played.out).toContain('< 1) "message"');
    expect(played.out).toContain('The connection ended.');
    expect(played.out).not.toMatch(/[^\n\u0020-\u007e]/);

    const file = join(data.SUNDEW_DATA, 'visit.pcap');
    expect((await sundew(['replay', session, '--pcap', file], data)).code).toBe(0);
    expect(readFileSync(file).includes(Buffer.from(bulks(['SET', BINARY, BINARY]), 'latin1'))).toBe(true);
    expect((await sundew(['replay', session, '--pcap', file], data)).code).toBe(2);

    const again = await sundew(['replay', session, '--against', 'sensor', '--strict', '--json'], data);
    const result = JSON.parse(again.out) as Rerun;
    expect(result).toMatchObject({ replies: 8, exact: 8, said: 'all', unasked: { recorded: 1, now: 0 } });
    expect(again.code).toBe(0);
  });

  test('finds out what another server answers differently, and says so by its exit status', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data, '--no-bait');
    await redisCli(port, [], 'set a 1\nlpush a x\nconfig set dir /tmp\nnosuch\ndbsize\n');
    await running.stop();
    const real = await startRedis();
    onTestFinished(() => real.stop());
    const session = (await recordings(data))[0]?.head.session ?? '';
    const against = ['replay', session, '--against', `redis://127.0.0.1:${real.port}`];

    const refused = await sundew(against, data);
    const untouched = await real.client.dbsize();
    const allowed = await sundew([...against, '--disposable'], data);

    expect(refused.code).toBe(3);
    expect(refused.err).toContain('--disposable');
    expect(untouched).toBe(0);
    expect(allowed.code).toBe(1);
    // Release 7 protects `dir` and writes the names of unknown commands in other quotes.
    expect(allowed.out).toMatch(/different: CONFIG SET dir \/tmp|different: config set dir \/tmp/);
    expect(allowed.out).toContain('- OK');
    expect(allowed.out).toContain('+ (error)');
    expect(await real.client.get('a')).toBe('1');
  });

  test('sends nothing to another machine, to a server with a password, or to what is no address', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data);
    await redisCli(port, ['ping']);
    await running.stop();
    const session = (await recordings(data))[0]?.head.session ?? '';
    const against = async (where: string, ...more: string[]): Promise<number | null> =>
      (await sundew(['replay', session, '--against', where, ...more], data)).code;

    expect(await against('redis://192.0.2.1:6379', '--disposable')).toBe(3);
    expect(await against('redis://:secret@127.0.0.1:6379', '--disposable')).toBe(2);
    expect(await against('http://127.0.0.1', '--disposable')).toBe(2);
    expect(await against('redis://127.0.0.1:1', '--disposable')).toBe(4);
    expect(await against('sensor', '--persona', 'no-such')).toBe(2);
    expect((await sundew(['replay', session, '--strict'], data)).code).toBe(2);
    expect((await sundew(['replay', 'nosuch'], data)).code).toBe(2);
    expect((await sundew(['replay', session, '--speed', '0'], data)).code).toBe(2);
  });

  test('loses no more than the last moment when the sensor is killed', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data);
    const line = await openLine(port);
    await line.request('SET before 1');
    await expect
      .poll(async () => (await recordings(data))[0]?.visitor, { timeout: 20_000 })
      .toBe(bulks(['SET', 'before', '1']).length);

    await running.stop('SIGKILL');

    const [left] = await recordings(data);
    expect(left).toMatchObject({ ended: false });
    const played = await sundew(['replay', left?.head.session ?? '', '--no-wait'], data);
    expect(played.out).toContain('SET before 1');
    expect(played.out).toContain('The recording has no end');
    const { running: next } = await startSensor(data);
    await next.stop();
    expect(readdirSync(join(data.SUNDEW_DATA, 'recordings')).some((name) => name.endsWith('.index'))).toBe(
      true,
    );
  });

  test('keeps nothing when it is switched off', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data, '--no-recordings');

    await redisCli(port, ['ping']);
    await running.stop();

    expect(readdirSync(data.SUNDEW_DATA)).not.toContain('recordings');
  });

  test('keeps of a flood of connections those that do something telling, from their first byte', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data);
    for (let count = 0; count < 130; count++) {
      const line = await openLine(port);
      await line.request('PING');
      line.end();
    }
    const last = await openLine(port);
    await last.request('PING');
    await last.request('CONFIG SET dir /var/spool/cron');
    last.end();
    await running.stop();

    const kept = await recordings(data);

    expect(kept.length).toBeLessThan(110);
    const session = kept.at(-1)?.head.session ?? '';
    expect(await bytesOf(session, 'visitor', data)).toBe(
      bulks(['PING']) + bulks(['CONFIG', 'SET', 'dir', '/var/spool/cron']),
    );
  });
});
