import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ConversationEnded } from '../src/audit/ask/conversation-ended.ts';
import type { AuditTarget } from '../src/audit/ask/target.ts';
import type { ConnectionOptions } from '../src/cli/audit/connection-options.ts';
import { addConnectionOptions, connecting, passwordWarning } from '../src/cli/audit/connection-options.ts';
import { Complaint } from '../src/cli/exit.ts';
import { gathered, targetOf } from './peers/gathered.ts';
import { freePort } from './peers/ports.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';
import { tlsFolder } from './peers/tls-authority.ts';

/** The words of the command line as the audit understands them. */
function parsed(...words: string[]): ConnectionOptions {
  return addConnectionOptions(new Command()).parse(words, { from: 'user' }).opts<ConnectionOptions>();
}
function prepared(
  text: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): AuditTarget {
  return connecting(parsed(...words), environment, () => undefined).prepare(targetOf(text));
}
function temporaryFile(name: string, text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, text, { mode });
  return path;
}
/** What keeps us out, or nothing. */
async function turnedAway(target: AuditTarget): Promise<ConversationEnded | undefined> {
  try {
    await gathered(target, 'L1');
    return undefined;
  } catch (error) {
    return error as ConversationEnded;
  }
}

async function tlsServer(...settings: string[]): Promise<{
  readonly server: RealRedis;
  readonly url: string;
  readonly files: ReturnType<typeof tlsFolder>;
}> {
  const files = tlsFolder();
  const port = await freePort();
  const server = await startRedis(
    ...`--tls-port ${port} --tls-cert-file ${files.cert} --tls-key-file ${files.key}`.split(' '),
    ...`--tls-ca-cert-file ${files.ca}`.split(' '),
    ...settings,
  );
  onTestFinished(async () => {
    await server.stop();
    files.remove();
  });
  return { server, url: `rediss://127.0.0.1:${port}`, files };
}

describe('a server with TLS', () => {
  test('is verified by the authorities of a file or of a folder', async () => {
    const { url, files } = await tlsServer('--tls-auth-clients', 'no');

    const { facts: without } = await gathered(targetOf(url));
    const { facts: byFile } = await gathered(prepared(url, ['--cacert', files.ca]));
    const { facts: byFolder } = await gathered(prepared(url, ['--cacertdir', files.folder]));

    expect(without.tls?.fault).toBe('SELF_SIGNED_CERT_IN_CHAIN');
    expect(byFile.tls).toMatchObject({ fault: undefined, protocol: 'TLSv1.3' });
    expect(byFolder.tls?.fault).toBeUndefined();
    expect(byFile.hidden.has('tls')).toBe(false);
  });

  test('is judged by the name of --sni', async () => {
    const { url, files } = await tlsServer('--tls-auth-clients', 'no');
    const ask = async (name: string) =>
      (await gathered(prepared(url, ['--cacert', files.ca, '--sni', name]))).facts.tls?.fault;

    expect(await ask('redis.example.invalid')).toBeUndefined();
    expect(await ask('other.example.invalid')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('gets the password when its certificate holds', async () => {
    const { server, url, files } = await tlsServer('--tls-auth-clients', 'no');
    await server.client.config('SET', 'requirepass', 'sesame');
    const password = { REDISCLI_AUTH: 'sesame' };

    const kept = await turnedAway(prepared(url, [], password));
    const sent = await turnedAway(prepared(url, ['--cacert', files.ca], password));

    expect(kept?.message).toMatch(/The password was not sent.*--cacert/);
    expect(sent).toBeUndefined();
  });

  test('that wants a certificate of its clients lets the right one in', async () => {
    const { url, files } = await tlsServer();
    const shown = ['--cert', files.clientCert, '--key', files.clientKey];

    const { facts } = await gathered(prepared(url, ['--cacert', files.ca, ...shown]));
    const without = await turnedAway(prepared(url, ['--cacert', files.ca]));

    expect(facts.info?.get('redis_version')).toBeDefined();
    expect(facts.settings?.get('tls-auth-clients')).toBe('yes');
    expect(without?.outcome).toBe('tls-required');
    expect(without?.message).toContain('--cert FILE --key FILE');
  });

  test('that does not know our certificate says so', async () => {
    const { url, files } = await tlsServer();
    const { CERTIFICATE, CERTIFICATE_KEY } = await import('./peers/hostile-certificate.ts');
    const stranger = [
      '--cert',
      temporaryFile('c.pem', CERTIFICATE),
      '--key',
      temporaryFile('k.pem', CERTIFICATE_KEY),
    ];

    const ended = await turnedAway(prepared(url, ['--cacert', files.ca, ...stranger]));

    expect(ended?.outcome).toBe('tls-required');
    expect(ended?.message).toContain('did not accept the certificate that was shown');
  });

  test.for([
    [['--cert', '/nonexistent/c.pem'], 'needs its private key'],
    [['--cacert', '/nonexistent/ca.pem'], 'cannot be read (ENOENT)'],
    [['--cacertdir', import.meta.dirname], 'holds no .pem'],
  ] as const)('is not dialled with %j', ([words, why]) => {
    expect(() => prepared('rediss://h', words)).toThrow(why);
  });

  test('is not dialled with a key that is not that of the certificate', () => {
    const files = tlsFolder();
    onTestFinished(() => files.remove());

    const wrong = (): unknown => prepared('rediss://h', ['--cert', files.clientCert, '--key', files.key]);

    expect(wrong).toThrow(Complaint);
  });

  test('shows nothing of our files in what is reported', async () => {
    const { url, files } = await tlsServer();
    const { facts } = await gathered(
      prepared(url, ['--cacert', files.ca, '--cert', files.clientCert, '--key', files.clientKey]),
    );

    expect(JSON.stringify({ ...facts, info: [], settings: [] })).not.toMatch(
      /PRIVATE KEY|tlsOptions|client\.key/,
    );
  });
});

describe('a Unix socket', () => {
  test('is audited by its path, with a password and a database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sundew-sock-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'redis.sock');
    const server = await startRedis('--unixsocket', path, '--unixsocketperm', '700');
    onTestFinished(() => server.stop());
    await server.client.config('SET', 'requirepass', 'sesame');

    const { facts } = await gathered(prepared(`unix://${path}?db=3`, [], { REDISCLI_AUTH: 'sesame' }));

    expect(facts.subject).toMatchObject({ socket: path, host: '', port: 0, db: 3 });
    expect(facts.settings?.get('unixsocket')).toBe(path);
    expect(facts.openWithoutLogin).toBe(false);
  });

  test('that is not there is named with the remedy', async () => {
    const ended = await turnedAway(targetOf('unix:///nonexistent/redis.sock'));

    expect(ended?.outcome).toBe('unreachable');
    expect(ended?.message).toContain('There is no Unix socket at unix:///nonexistent/redis.sock');
  });
});

describe('a login', () => {
  test('comes from the target, then from the file, then from the environment', () => {
    const file = temporaryFile('password', 'of the file\nnot this\n');
    const environment = { REDISCLI_AUTH: 'of the environment' };
    const words = ['--password-file', file];

    expect(prepared('redis://:own@h', words, environment).password).toBe('own');
    expect(prepared('redis://h', words, environment).password).toBe('of the file');
    expect(prepared('redis://h', [], environment).password).toBe('of the environment');
    expect(prepared('redis://h', [])).not.toHaveProperty('password');
  });

  test('takes the user of the options where the target names none', () => {
    const environment = { REDISCLI_AUTH: 'pw' };

    expect(prepared('redis://h', ['--user', 'ann'], environment)).toMatchObject({
      user: 'ann',
      text: 'redis://ann@h:6379',
    });
    expect(prepared('redis://bob@h', ['--user', 'ann'], environment).user).toBe('bob');
    expect(() => prepared('redis://h', ['--user', 'ann'])).toThrow('needs a password');
  });

  test('with letters beyond ASCII is sent as the server knows it', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    await server.client.acl('SETUSER', 'jürgen', 'on', '>pässwörd', '~*', '+@all');
    const file = temporaryFile('password', 'pässwörd\n');

    const { facts } = await gathered(
      prepared(`redis://127.0.0.1:${server.port}`, ['--user', 'jürgen', '--password-file', file]),
    );

    expect(facts.user).toBe('jürgen');
    expect(facts.permitted?.has('config')).toBe(true);
  });

  test.for([
    ['', 'is empty'],
    ['\n', 'is empty'],
    ['x'.repeat(70_000), 'is too long'],
  ] as const)('is not taken from a file that %#', ([text, why]) => {
    expect(() => prepared('redis://h', ['--password-file', temporaryFile('p', text)])).toThrow(why);
  });

  test('from a file that others may read is warned of', () => {
    const warnings: string[] = [];
    const file = temporaryFile('password', 'pw', 0o644);

    connecting(parsed('--password-file', file), {}, (line) => warnings.push(line));

    expect(warnings.join()).toContain('chmod 600');
  });

  test('on the command line is warned of, without showing it', () => {
    expect(passwordWarning(['redis://h', 'redis://:secret@h'])).toMatch(/--password-file/);
    expect(passwordWarning(['redis://:secret@h'])).not.toContain('secret');
    expect(passwordWarning(['redis://ann@h'])).toBeUndefined();
  });
});

test('what an operator has to ask for is off', () => {
  expect(prepared('redis://h', []).optIns).toEqual({ bracket: false, functionCode: false, probePorts: true });
  expect(connecting(parsed(), {}, () => undefined).expand).toEqual({ cluster: false, preferReplica: false });
  expect(prepared('redis://h:26379', ['--sentinel', 'mymaster']).sentinel).toBe('mymaster');
});
