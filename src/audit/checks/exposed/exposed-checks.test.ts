import { describe, expect, test } from 'vitest';
import type { ReadableSetting } from '../../ask/allowed.ts';
import type { AuditView, CheckResult } from '../../check.ts';
import type { ServerFacts, TlsFacts } from '../../server-facts.ts';
import { exampleFacts, exampleUser, exampleView } from '../../testing/example-view.ts';
import { identifyEngine } from '../../vulnerable/server-version.ts';
import { EXPOSED_CHECKS } from './exposed-checks.ts';

const NOW = Date.UTC(2026, 10, 1);
const settings = (given: Partial<Record<ReadableSetting, string>>): ServerFacts['settings'] =>
  new Map(Object.entries(given) as [ReadableSetting, string][]);
const info = (given: Record<string, string>): ServerFacts['info'] => new Map(Object.entries(given));

const CERTIFICATE: NonNullable<TlsFacts['certificate']> = {
  subject: 'CN=redis.example.invalid',
  issuer: 'CN=ca.example.invalid',
  names: [],
  validFrom: NOW - 30 * 86_400_000,
  validTo: NOW + 60 * 86_400_000,
  keyType: 'RSA',
  keyBits: 2_048,
  selfSigned: false,
  fingerprint: 'ab'.repeat(32),
};
const tls = (change: Partial<TlsFacts> = {}, certificate: Partial<typeof CERTIFICATE> = {}): TlsFacts => ({
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  fault: undefined,
  certificate: { ...CERTIFICATE, ...certificate },
  ...change,
});

function run(id: string, given: Partial<ServerFacts>): CheckResult {
  const check = EXPOSED_CHECKS.find((one) => one.id === `audit.exposed.${id}`);
  if (check === undefined) throw new Error(`no check ${id}`);
  const view: AuditView = exampleView({ facts: exampleFacts(given), now: NOW });
  return check.run(view);
}
const told = ({ findings }: CheckResult): string[] =>
  findings.map(({ rule, severity }) => `${rule.replace('audit.exposed.', '')} ${severity}`);
const file = {
  subject: { kind: 'config', text: 'redis.conf', host: '', port: 0, tls: false },
  address: '',
  openWithoutLogin: undefined,
} as const;
const local = { address: '127.0.0.1' } as const;
const clustered = info({ cluster_enabled: '1' });

describe('exposure checks', () => {
  test.for<[string, string, Partial<ServerFacts>, string[]]>([
    ['reachable', 'a server over the network', {}, ['reachable info']],
    ['reachable', 'a server over loopback', local, []],
    ['no-password', 'an open server over the network', { openWithoutLogin: true }, ['no-password critical']],
    ['no-password', 'a locked server', {}, []],
    [
      'no-password',
      'a file with an open default user',
      {
        ...file,
        users: [exampleUser({ nopass: true })],
        settings: settings({ bind: '*', 'protected-mode': 'no' }),
      },
      ['no-password critical'],
    ],
    [
      'no-password',
      'the same in protected mode',
      { ...file, users: [exampleUser({ nopass: true })], settings: settings({ bind: '*' }) },
      ['no-password low'],
    ],
    ['bind', 'an address of every interface', { settings: settings({ bind: '0.0.0.0' }) }, ['bind low']],
    ['bind', 'an IPv6 wildcard', { settings: settings({ bind: '127.0.0.1 ::' }) }, ['bind low']],
    ['bind', 'loopback', { settings: settings({ bind: '127.0.0.1 -::1' }) }, []],
    ['bind', 'a file that leaves it out', { ...file, settings: settings({ port: '6379' }) }, ['bind low']],
    ['clear-text', 'plain text over the network', {}, ['clear-text medium']],
    [
      'clear-text',
      'a Unix socket',
      {
        subject: {
          kind: 'server',
          text: 'unix:///run/redis.sock',
          host: '',
          port: 0,
          tls: false,
          socket: '/run/redis.sock',
        },
        address: '',
      },
      [],
    ],
    [
      'weak-passwords',
      'a common password that opens everything',
      { users: [exampleUser({ weakPasswords: 1 })] },
      ['weak-passwords critical'],
    ],
    [
      'weak-passwords',
      'one of a small user',
      { users: [exampleUser({ name: 'app', all: false, weakPasswords: 1 })] },
      ['weak-passwords high'],
    ],
    ['weak-passwords', 'a user that is off', { users: [exampleUser({ on: false, weakPasswords: 1 })] }, []],
    ['weak-passwords', 'a good password', { users: [exampleUser()] }, []],
    [
      'wide-users',
      'an application that may do everything',
      { users: [exampleUser(), exampleUser({ name: 'shop' })] },
      ['wide-users low'],
    ],
    ['wide-users', 'one password for all', { users: [exampleUser()] }, ['wide-users info']],
    [
      'wide-users',
      'an application with few rights',
      {
        users: [exampleUser(), exampleUser({ name: 'shop', all: false, commandRules: ['-@all', '+@read'] })],
      },
      [],
    ],
    [
      'wide-users',
      'an application with every command on its own keys',
      { users: [exampleUser(), exampleUser({ name: 'shop', all: false, allKeys: false })] },
      ['wide-users low'],
    ],
    [
      'clear-text',
      'a server that protected mode closes',
      {
        ...local,
        openWithoutLogin: true,
        settings: settings({ bind: '* -::*', 'protected-mode': 'yes' }),
      },
      [],
    ],
    [
      'tls-settings',
      'clients without a certificate',
      { settings: settings({ 'tls-port': '6380', 'tls-auth-clients': 'no' }) },
      ['tls-auth-clients info'],
    ],
    [
      'tls-settings',
      'a short EC key',
      { tls: tls({}, { keyType: 'EC', keyBits: 192 }) },
      ['certificate-key medium'],
    ],
    [
      'no-password',
      'an open Sentinel',
      { openWithoutLogin: true, info: info({ redis_mode: 'sentinel' }) },
      [],
    ],
    [
      'open-users',
      'a file that does not say where it listens',
      { ...file, users: [exampleUser({ name: 'bob', nopass: true })] },
      ['open-users high'],
    ],
    [
      'open-users',
      'a second user with nopass',
      { users: [exampleUser({ name: 'sys', nopass: true })] },
      ['open-users high'],
    ],
    [
      'tls-settings',
      'old versions',
      { tls: tls(), settings: settings({ 'tls-protocols': 'TLSv1 TLSv1.2' }) },
      ['tls-protocols low'],
    ],
    ['tls-settings', 'the default versions', { tls: tls(), settings: settings({ 'tls-protocols': '' }) }, []],
    [
      'tls-settings',
      'current versions',
      { tls: tls(), settings: settings({ 'tls-protocols': 'TLSv1.2 TLSv1.3' }) },
      [],
    ],
    ['tls-settings', 'an old handshake', { tls: tls({ protocol: 'TLSv1' }) }, ['tls-handshake medium']],
    [
      'tls-settings',
      'a certificate that ends soon',
      { tls: tls({}, { validTo: NOW + 5 * 86_400_000 }) },
      ['certificate-expiry low'],
    ],
    [
      'tls-settings',
      'one that has ended',
      { tls: tls({}, { validTo: NOW - 86_400_000 }) },
      ['certificate-expiry medium'],
    ],
    [
      'tls-settings',
      'one of a week, with half of it left',
      { tls: tls({}, { validFrom: NOW - 3.5 * 86_400_000, validTo: NOW + 3.5 * 86_400_000 }) },
      [],
    ],
    ['tls-settings', 'a short key', { tls: tls({}, { keyBits: 1_024 }) }, ['certificate-key medium']],
    [
      'tls-settings',
      'replication in clear text',
      { tls: tls(), settings: settings({ 'tls-replication': 'no' }), info: info({ role: 'slave' }) },
      ['tls-replication medium'],
    ],
    [
      'tls-settings',
      'a lone server without replication',
      { tls: tls(), settings: settings({ 'tls-replication': 'no' }), info: info({ role: 'master' }) },
      [],
    ],
    [
      'tls-settings',
      'a bus in clear text',
      { tls: tls(), settings: settings({ 'tls-cluster': 'no' }), info: clustered },
      ['tls-cluster medium'],
    ],
    [
      'clear-beside-tls',
      'both ports open',
      { settings: settings({ port: '6379', 'tls-port': '6380' }) },
      ['clear-beside-tls medium'],
    ],
    ['clear-beside-tls', 'TLS only', { settings: settings({ port: '0', 'tls-port': '6380' }) }, []],
    [
      'clear-beside-tls',
      'a plain port that takes connections',
      {
        subject: { kind: 'server', text: 'x', host: '192.0.2.7', port: 6_380, tls: true },
        otherPorts: new Map([['plain', true]]),
      },
      ['clear-beside-tls medium'],
    ],
    [
      'cluster-bus',
      'a bus that takes connections',
      { info: clustered, otherPorts: new Map([['bus', true]]) },
      ['cluster-bus high'],
    ],
    ['cluster-bus', 'a bus that does not', { info: clustered, otherPorts: new Map([['bus', false]]) }, []],
    ['cluster-bus', 'no node', { info: info({ cluster_enabled: '0' }) }, []],
    [
      'sentinel',
      'an open Sentinel',
      { openWithoutLogin: true, info: info({ redis_mode: 'sentinel' }) },
      ['sentinel high'],
    ],
    ['sentinel', 'a locked one', { info: info({ redis_mode: 'sentinel' }) }, []],
  ])('%s: %s', ([id, , given, expected]) => {
    expect(told(run(id, given))).toEqual(expected);
  });

  test.for<[string, Partial<ServerFacts>]>([
    ['no-password', { openWithoutLogin: undefined }],
    [
      'clear-beside-tls',
      { subject: { kind: 'server', text: 'x', host: '192.0.2.7', port: 6_380, tls: true } },
    ],
    ['cluster-bus', { info: clustered }],
  ])('%s is not visible when its facts are not', ([id, given]) => {
    const { findings, unseen } = run(id, given);

    expect(findings).toEqual([]);
    expect(unseen?.length).toBe(1);
  });

  test.for<[string, string, Partial<ServerFacts>, string, string]>([
    ['bind', '6.0.16', { settings: settings({ bind: '' }) }, 'bind 127.0.0.1 ADDRESS', '-::1'],
    ['bind', '7.0.15', { settings: settings({ bind: '*' }) }, 'redis-cli CONFIG SET bind', 'Restart'],
    ['no-password', '5.0.14', { openWithoutLogin: true }, 'CONFIG SET requirepass', 'ACL'],
    [
      'no-password',
      '8.0.2',
      { openWithoutLogin: true },
      'ACL SETUSER default resetpass',
      'CONFIG SET requirepass',
    ],
    ['clear-text', '5.0.14', {}, 'speaks no TLS', 'tls-port'],
    ['wide-users', '6.0.16', { users: [exampleUser()] }, 'resetkeys', 'resetchannels'],
    ['wide-users', '7.0.15', { users: [exampleUser()] }, 'resetchannels', 'rename-command'],
  ])('%s tells a server of release %s only what that understands', ([id, version, given, has, lacks]) => {
    const engine = identifyEngine(new Map([['redis_version', version]]));

    const advice = run(id, { engine, ...given }).findings[0]?.advice;

    expect(advice).toContain(has);
    expect(advice).not.toContain(lacks);
  });

  test('never prints the name of a user as part of a command unless a shell takes it as it stands', () => {
    const { findings } = run('weak-passwords', {
      users: [exampleUser({ name: '$(reboot)', weakPasswords: 1 })],
    });

    expect(findings[0]?.advice).not.toContain('reboot');
  });

  test('have a title, what they read, and an id of their axis', () => {
    for (const { id, title, reads } of EXPOSED_CHECKS) {
      expect(id).toMatch(/^audit\.(exposed|misconfigured)\.[a-z-]+$/);
      expect(title.length).toBeGreaterThan(10);
      expect(reads.length).toBeGreaterThan(0);
    }
  });
});
