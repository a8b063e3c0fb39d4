import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bulk } from '../src/wire/resp-reply.ts';
import { audit } from './peers/hostile-audit.ts';
import { CERTIFICATE, CERTIFICATE_KEY } from './peers/hostile-certificate.ts';
import type { HostileRedis } from './peers/hostile-redis.ts';
import { healthy, startHostile } from './peers/hostile-redis.ts';
import { freePort } from './peers/ports.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

async function hostile(options: Parameters<typeof startHostile>[0]): Promise<HostileRedis> {
  const peer = await startHostile(options);
  onTestFinished(() => peer.stop());
  return peer;
}
async function realRedis(...settings: string[]): Promise<RealRedis> {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}
const SILENT = { answer: () => undefined };
const SHORT = { replyMs: 150, connectMs: 150 };

describe('how an audit ends', () => {
  test('a closed port is named, with the way to look', async () => {
    const port = await freePort();

    const report = await audit(`127.0.0.1:${port}`);

    expect(report.outcome).toBe('refused');
    expect(report.message).toContain(`Nothing listens on redis://127.0.0.1:${port}`);
    expect(report.axes.infected.answer).toBe('not-visible');
    expect(report.commandsSent).toEqual({});
  });

  test('a name without an address is named', async () => {
    const lookup: Parameters<typeof audit>[1] = {
      lookup: (_, __, callback) => callback(Object.assign(new Error('none'), { code: 'ENOTFOUND' }), '', 4),
    };

    const report = await audit('redis.example.invalid', lookup);

    expect(report.outcome).toBe('unreachable');
    expect(report.message).toContain('The name redis.example.invalid has no address');
  });

  test('a host that drops packets runs into the timeout', async () => {
    // Nobody completes this connection: the address is looked up for ever.
    const report = await audit('filtered.example.invalid', { lookup: () => undefined, limits: SHORT });

    expect(report.outcome).toBe('timeout');
    expect(report.message).toContain('a firewall drops the packets');
  });

  test.for([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n', 'a web server'],
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2p1\r\n', 'an SSH server'],
    ['a mail server', '220 mail.example.invalid ESMTP\r\n', 'a mail or FTP server'],
    ['bytes that escape', '\u001B[2J\u001B]0;owned\u0007\r\n', 'something else'],
  ] as const)('%s is not a Redis', async ([, bytes, what]) => {
    const peer = await hostile({ onConnect: (socket) => void socket.write(bytes), ...SILENT });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('not-redis');
    expect(report.message).toContain(`it answered like ${what}`);
    expect(report.commandsSent).toEqual({ ping: 1 });
  });

  test('a server that speaks the protocol, but not as Redis, is not a Redis', async () => {
    const peer = await hostile({ answer: () => '+hello\r\n' });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('not-redis');
    // PING, one batch of three, QUIT.
    expect(peer.commands.length).toBeLessThanOrEqual(5);
  });

  test('a Redis with TLS only asks for rediss://, and answers to it', async () => {
    const folder = certificateFolder();
    const port = await freePort();
    const server = await realRedis(
      ...`--tls-port ${port} --tls-auth-clients no --tls-cert-file ${folder}/c.pem --tls-key-file ${folder}/k.pem`.split(
        ' ',
      ),
      ...`--tls-ca-cert-file ${folder}/c.pem`.split(' '),
    );

    const plain = await audit(`redis://127.0.0.1:${port}`);
    const secure = await audit(`rediss://127.0.0.1:${port}`);
    const wrong = await audit(`rediss://127.0.0.1:${server.port}`, { limits: SHORT });

    expect(plain.outcome).toBe('tls-required');
    expect(plain.message).toContain(`rediss://127.0.0.1:${port}`);
    expect(secure.outcome).toBe('audited');
    expect(secure.findings.map(({ rule }) => rule)).toContain('audit.misconfigured.certificate');
    expect(secure.notTested.join()).toContain('its certificate could not be verified');
    expect(wrong.outcome).toBe('timeout');
    expect(wrong.message).toContain('write redis://');
  });

  test('a password goes to no server whose certificate cannot be verified, unless the operator says so', async () => {
    const folder = certificateFolder();
    const port = await freePort();
    const server = await realRedis(
      ...`--tls-port ${port} --tls-auth-clients no --tls-cert-file ${folder}/c.pem --tls-key-file ${folder}/k.pem`.split(
        ' ',
      ),
      ...`--tls-ca-cert-file ${folder}/c.pem`.split(' '),
    );
    await server.client.config('SET', 'requirepass', 'sesame');
    const target = `rediss://:sesame@127.0.0.1:${port}`;

    const kept = await audit(target);
    const sent = await audit(target, { insecure: true });

    expect(kept.outcome).toBe('auth-required');
    expect(kept.message).toMatch(/The password was not sent.*--insecure/);
    expect(kept.commandsSent).not.toHaveProperty('auth');
    expect(sent.outcome).toBe('audited');
  });

  test('a server that wants a certificate of its clients says so', async () => {
    const folder = certificateFolder();
    const port = await freePort();
    await realRedis(
      ...`--tls-port ${port} --tls-cert-file ${folder}/c.pem --tls-key-file ${folder}/k.pem`.split(' '),
      ...`--tls-ca-cert-file ${folder}/c.pem`.split(' '),
    );

    const report = await audit(`rediss://127.0.0.1:${port}`);

    expect(report.outcome).toBe('tls-required');
    expect(report.message).toContain('tls-auth-clients');
  });

  test('a server that needs a password is reachable but locked', async () => {
    const server = await realRedis();
    await server.client.config('SET', 'requirepass', 'the-right-one');

    const without = await audit(`127.0.0.1:${server.port}`);
    const wrong = await audit(`redis://:guess@127.0.0.1:${server.port}`);
    const right = await audit(`redis://:the-right-one@127.0.0.1:${server.port}`);

    expect(without.outcome).toBe('auth-required');
    expect(without.axes.exposed).toEqual({
      answer: 'no',
      because: 'Reachable, but locked: it asks for a password.',
    });
    expect(without.axes.infected.answer).toBe('not-visible');
    expect(without.message).toContain('needs a password');
    expect(wrong.outcome).toBe('auth-required');
    expect(wrong.message).toContain('refused the user or password');
    expect(right.outcome).toBe('audited');
    expect(right.axes.exposed.because).toBe('Reachable, but locked: it asks for a password.');
    expect(JSON.stringify([without, wrong, right])).not.toMatch(/guess|the-right-one/);
  });

  test('a password that nobody asked for is noted', async () => {
    const server = await realRedis();

    const report = await audit(`redis://:surplus@127.0.0.1:${server.port}`);

    expect(report.outcome).toBe('audited');
    expect(report.notTested).toContain(
      'A password was given, but the server asks for none: it was not sent.',
    );
    expect(report.commandsSent).not.toHaveProperty('auth');
  });

  test.for([
    [
      'protected',
      '-DENIED Redis is running in protected mode because protected mode is enabled\r\n',
      'protected mode',
    ],
    ['busy', '-ERR max number of clients reached\r\n', 'maxclients'],
  ] as const)('a server that says it is %s when we connect is believed', async ([outcome, bytes, word]) => {
    const peer = await hostile({
      onConnect: (socket) => {
        socket.write(bytes);
        socket.end();
      },
      ...SILENT,
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe(outcome);
    expect(report.message).toContain(word);
  });

  test.for([
    '-LOADING Redis is loading the dataset in memory\r\n',
    '-BUSY Redis is busy running a script.\r\n',
  ])('a server that answers %j is busy', async (bytes) => {
    const peer = await hostile({ answer: () => bytes });

    expect(await audit(`127.0.0.1:${peer.port}`)).toMatchObject({ outcome: 'busy' });
  });

  test('a server whose saves fail answers PING with an error and is audited all the same', async () => {
    const server = await realRedis('--save', '1000000 1', '--enable-protected-configs', 'yes');
    const folder = mkdtempSync(join(tmpdir(), 'sundew-full-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    await server.client.set('key', 'value');
    await server.client.config('SET', 'dir', folder);
    // Root may write everywhere: a folder in the place of the file stops it too.
    mkdirSync(join(folder, 'dump.rdb'));
    await server.client.bgsave();
    await expect
      .poll(async () => /rdb_last_bgsave_status:err/.test(await server.client.info('persistence')), {
        timeout: 10_000,
      })
      .toBe(true);

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.outcome).toBe('audited');
    expect(report.findings.map(({ rule }) => rule)).toContain('audit.misconfigured.rdb-last-bgsave-status');
  });

  test('a server that never answers runs into the timeout', async () => {
    const peer = await hostile(SILENT);

    const report = await audit(`127.0.0.1:${peer.port}`, { limits: SHORT });

    expect(report.outcome).toBe('timeout');
    expect(report.message).toContain('answered nothing for 150 ms');
  });

  test.for([
    ['that never answers', SILENT],
    [
      'that falls silent in the middle',
      { answer: (argv: readonly string[]) => (argv[0] === 'CONFIG' ? undefined : healthy(argv)) },
    ],
  ] as const)(
    'a server %s runs into the timeout also when it has less time than one answer',
    async ([, options]) => {
      const peer = await hostile(options);

      const report = await audit(`127.0.0.1:${peer.port}`, { limits: { deadlineMs: 200 } });

      expect(report.outcome).toBe('timeout');
      expect(report.message).toMatch(/did not answer within 200 ms.*--timeout/);
    },
  );

  test('a server that drips is endless, however little time it has', async () => {
    const peer = await hostile({
      answer: (_, socket) => {
        socket.write('$1000000\r\n');
        const drip = setInterval(() => socket.write('x'), 10);
        socket.once('close', () => clearInterval(drip));
        return undefined;
      },
    });

    const report = await audit(`127.0.0.1:${peer.port}`, { limits: { deadlineMs: 200 } });

    expect(report.outcome).toBe('endless');
  });

  test('a server that hangs up without a word is named', async () => {
    const peer = await hostile({ onConnect: (socket) => void socket.end(), ...SILENT });

    const report = await audit(`127.0.0.1:${peer.port}`, { limits: SHORT });

    expect(report.outcome).toBe('refused');
    expect(report.message).toContain('closed the connection without an answer');
  });

  test('a server that closes in the middle of a reply broke the protocol', async () => {
    const peer = await hostile({
      answer: (_, socket) => {
        socket.end('$100\r\nonly so much');
        return undefined;
      },
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('protocol-fault');
    expect(report.message).toContain('closed the connection in the middle');
  });

  test('what is known when a server goes away is reported as partial', async () => {
    const peer = await hostile({
      answer: (argv, socket) => {
        if (argv[0] === 'SCAN') {
          socket.destroy();
          return undefined;
        }
        return argv[0] === 'INFO'
          ? bulk('redis_version:7.4.11\r\nrole:master\r\ndb0:keys=9\r\n')
          : healthy(argv);
      },
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('partial');
    expect(report.server).toMatchObject({ version: '7.4.11', keys: 9 });
    expect(report.axes.infected.answer).toBe('not-visible');
    expect(report.notTested).toContain('the rest of the data: the audit ended early');
  });

  test('the operator can stop it', async () => {
    const peer = await hostile(SILENT);
    const stop = new AbortController();
    const running = audit(`127.0.0.1:${peer.port}`, { signal: stop.signal });
    await expect.poll(() => peer.commands.length).toBe(1);

    stop.abort();

    expect(await running).toMatchObject({ outcome: 'partial' });
  });

  test('one stopped before it began dials nobody', async () => {
    const peer = await hostile({});

    const report = await audit(`127.0.0.1:${peer.port}`, { signal: AbortSignal.abort() });

    expect(report.outcome).toBe('partial');
    expect(peer.commands).toEqual([]);
  });
});

function certificateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'c.pem'), CERTIFICATE);
  writeFileSync(join(folder, 'k.pem'), CERTIFICATE_KEY);
  return folder;
}
