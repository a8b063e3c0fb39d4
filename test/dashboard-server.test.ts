import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenDashboard, NotLoopbackError } from '../src/serve/dashboard.ts';
import { LIVE_FEED_LIMITS } from '../src/serve/live-feed.ts';
import type { Stage } from './dashboard/stage.ts';
import { openStage, PAGE_FOLDER } from './dashboard/stage.ts';

const NOT_LOOPBACK_REMEDY =
  'Give it a password (--dashboard-password-file), or use 127.0.0.1 and reach it from elsewhere over ssh -L.';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(Date.UTC(2026, 0, 15, 12));
});
afterAll(() => stage.close());

function options(host: string, port: number) {
  const { ledger, clock, journal } = stage;
  return {
    host,
    port,
    ledger,
    journal: { folder: '/nowhere', status: () => journal.status() },
    sensors: [],
    version: '0.1.0',
    clock,
    pageFolder: PAGE_FOLDER,
  };
}

/** Sends bytes as they are and returns all that comes back. */
async function exchange(request: string): Promise<string> {
  const socket = connect(stage.dashboard.port, '127.0.0.1').setEncoding('latin1');
  let said = '';
  socket.on('data', (text: string) => (said += text));
  socket.end(request);
  await once(socket, 'close');
  return said;
}

async function openStream(): Promise<IncomingMessage> {
  const request = get(`${stage.url}api/stream`);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer.setEncoding('utf8');
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 10_000 && !holds(); waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('dashboard server', () => {
  test.for(['0.0.0.0', '::', '192.0.2.1', 'example.invalid', '127.0.0.1.example.invalid'])(
    'does not listen on %s, and says how to reach it instead',
    async (host) => {
      const listening = listenDashboard(options(host, 0));

      await expect(listening).rejects.toThrow(NotLoopbackError);
      await expect(listening).rejects.toHaveProperty('remedy', NOT_LOOPBACK_REMEDY);
    },
  );

  test("rejects with the system's error when the port is taken", async () => {
    const listening = listenDashboard(options('127.0.0.1', stage.dashboard.port));

    await expect(listening).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('refuses another Host on the wire, also beside a good address line', async () => {
    const { port } = stage.dashboard;
    const end = 'Connection: close\r\n\r\n';

    const named = await exchange(
      `GET /api/overview HTTP/1.1\r\nHost: evil.example.invalid:${port}\r\n${end}`,
    );
    const absolute = await exchange(
      `GET http://127.0.0.1:${port}/api/overview HTTP/1.1\r\nHost: evil.example.invalid\r\n${end}`,
    );
    const twice = await exchange(
      `GET /api/overview HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example.invalid\r\n${end}`,
    );
    const none = await exchange(`GET /api/overview HTTP/1.0\r\n\r\n`);

    expect(named).toMatch(/^HTTP\/1\.1 421 /);
    expect(absolute).toMatch(/^HTTP\/1\.1 421 /);
    expect(twice).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(none).toMatch(/^HTTP\/1\.1 4\d\d /);
    for (const answer of [named, absolute, twice, none]) expect(answer).not.toContain('"totals"');
  });

  test('lives on after bytes that are no HTTP', async () => {
    await exchange('\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n');
    await exchange(`GET /${'a'.repeat(40_000)} HTTP/1.1\r\n\r\n`);

    expect((await fetch(`${stage.url}api/overview`)).status).toBe(200);
  });

  test('streams what happens to every open page', async () => {
    const streams = [await openStream(), await openStream()];
    const said = ['', ''];
    streams.forEach((stream, at) => stream.on('data', (text: string) => (said[at] += text)));

    stage.visit('203.0.113.5').does(['SET', 'backup1', '* * * * * true']);
    await until(() => said.every((text) => text.includes('event: findings')));

    for (const text of said) {
      expect(text).toContain('event: hello');
      expect(text).toMatch(/event: events\ndata: .*"SET"/);
      expect(text).toMatch(/event: findings\ndata: .*test\.cron-value/);
    }
    for (const stream of streams) stream.destroy();
  });

  test('has room again for pages when others have gone', async () => {
    const streams: IncomingMessage[] = [];
    while (streams.length < LIVE_FEED_LIMITS.clients) streams.push(await openStream());

    const refused = await openStream();
    for (const stream of streams) stream.destroy();
    let taken = await openStream();
    for (let tries = 0; tries < 200 && taken.statusCode !== 200; tries += 1) taken = await openStream();

    expect(refused.statusCode).toBe(503);
    expect(taken.statusCode).toBe(200);
    refused.destroy();
    taken.destroy();
  });

  test('closes with pages open', async () => {
    const other = await listenDashboard(options('127.0.0.1', 0));
    const request = get(`http://127.0.0.1:${other.port}/api/stream`);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const ended = new Promise((resolve) =>
      answer
        .on('error', () => undefined)
        .on('close', resolve)
        .resume(),
    );

    await other.close();
    await ended;

    await expect(fetch(`http://127.0.0.1:${other.port}/`)).rejects.toThrow('fetch failed');
  });
});
