import { describe, expect, test } from 'vitest';
import { packagedText } from '../../../platform/files.ts';
import type { AuditView, CheckResult } from '../../check.ts';
import type { LoadedModule, ServerFacts } from '../../server-facts.ts';
import { exampleRelease } from '../../testing/example-release.ts';
import { exampleView } from '../../testing/example-view.ts';
import { loadVulnerabilities } from '../../vulnerable/vulnerability-data.ts';
import { knownVulnerabilities } from './known-vulnerabilities.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));

function view(
  fields: Record<string, string>,
  change: Partial<ServerFacts> = {},
  now = Date.UTC(2026, 10, 24),
): AuditView {
  return exampleView({ facts: exampleRelease(fields, change), vulnerabilities: data, now });
}
const run = (fields: Record<string, string>, change?: Partial<ServerFacts>, now?: number): CheckResult =>
  knownVulnerabilities.run(view(fields, change, now));
const reachable = ({ findings }: CheckResult): string[] =>
  findings
    .filter(({ rule }) => rule === 'audit.vulnerable.known')
    .flatMap(({ evidence }) => evidence.map(({ field }) => field))
    .filter((field) => field.startsWith('CVE'));
const decided = ({ findings }: CheckResult): boolean => findings.some(({ decides }) => decides !== false);

describe('known vulnerabilities', () => {
  test.for(['6.2.24', '7.2.16', '7.4.11', '8.2.9', '8.4.6', '8.6.6', '8.8.2', '8.10.1'])(
    'has nothing on Redis %s, the newest of its branch',
    (version) => {
      expect(decided(run({ redis_version: version }))).toBe(false);
    },
  );

  test.for(['8.0.11', '8.1.10', '9.0.6', '9.1.2'])(
    'has nothing on Valkey %s, the newest of its branch',
    (version) => {
      const result = run({ redis_version: '7.2.4', server_name: 'valkey', valkey_version: version });

      expect(decided(result)).toBe(false);
    },
  );

  test.for([
    ['6.2.20', false],
    ['7.2.11', false],
    ['7.4.6', false],
    ['8.0.4', false],
    ['8.2.2', false],
    ['6.2.19', true],
    ['7.0.15', true],
    ['7.2.10', true],
    ['8.2.1', true],
  ] as const)('compares by branch: CVE-2025-49844 on %s is %s', ([version, affected]) => {
    expect(reachable(run({ redis_version: version })).includes('CVE-2025-49844')).toBe(affected);
  });

  test.for(data.debian_builds)('judges package $debian_version by what it fixed', (build) => {
    const engine =
      build.package === 'valkey' ? { server_name: 'valkey', valkey_version: build.upstream } : {};
    const result = run({ redis_version: build.upstream, redis_build_id: build.build_id, ...engine });
    const own = new Set(build.cves_named_in_this_revision);

    expect(reachable(result).filter((id) => own.has(id))).toEqual([]);
    expect(result.unseen).toBeUndefined();
  });

  test('a package does not have the fixes of a later one, or of another line', () => {
    const ids = (build: string, version: string): string[] =>
      reachable(run({ redis_version: version, redis_build_id: build }));

    expect(ids('ae4d7c971a948f0', '7.0.15')).toEqual([]);
    expect(ids('5281cccdf7ef82d6', '7.0.15')).toEqual(
      expect.arrayContaining(['CVE-2026-25243', 'CVE-2025-67733']),
    );
    expect(ids('5281cccdf7ef82d6', '7.0.15')).not.toContain('CVE-2025-49844');
    expect(ids('131054f05ac09937', '7.0.15')).toContain('CVE-2025-49844');
    expect(ids('9c99a670b8bf5', '7.0.15')).toContain('CVE-2025-49844');
  });

  test('says "not visible" for a package it does not know, with a low finding', () => {
    const result = run({
      redis_version: '7.0.15',
      redis_build_id: 'abc',
      executable: '/usr/bin/redis-server',
    });

    expect(decided(result)).toBe(false);
    expect(result.unseen?.join()).toContain('one of a distribution');
    expect(result.findings[0]).toMatchObject({ rule: 'audit.vulnerable.version-only', severity: 'low' });
  });

  test('asks what a flaw needs', () => {
    const withTls = new Map([['tls-port', '6380'] as const, ['maxmemory-clients', '0'] as const]);
    const bloom: LoadedModule = { name: 'bf', version: 20_810, path: undefined };

    expect(reachable(run({ redis_version: '8.2.8' }))).toEqual([]);
    expect(reachable(run({ redis_version: '8.2.8' }, { settings: withTls }))).toEqual(['CVE-2026-81934']);
    expect(reachable(run({ redis_version: '8.2.8' }, { modules: [bloom] }))).toContain('CVE-2026-62356');
    expect(reachable(run({ redis_version: '7.4.5' }, { commands: new Set(['config']) }))).not.toContain(
      'CVE-2025-49844',
    );
    expect(reachable(run({ redis_version: '7.4.5' }, { permitted: new Set(['restore']) }))).not.toContain(
      'CVE-2025-49844',
    );
    expect(reachable(run({ redis_version: '7.4.5', cluster_enabled: '1' }))).not.toContain('CVE-2026-92925');
  });

  test('counts fixes that got no number', () => {
    const result = run({ redis_version: '8.6.5' });

    const finding = result.findings.find(({ rule }) => rule === 'audit.vulnerable.unnumbered');
    expect(finding?.evidence.map(({ field }) => field).join()).toContain('REDIS-2026-08-SLOTINFO');
    expect(run({ redis_version: '8.6.6' }).findings).toEqual([]);
  });

  test.for([
    [{ redis_version: '7.4.0', dragonfly_version: 'df-v1.2' }, 'dragonfly'],
    [{ redis_version: '6.3.4', executable: '/usr/bin/keydb-server' }, 'keydb'],
    [{ redis_version: '4.0.0', kvrocks_version: '2.9' }, 'kvrocks'],
    [{ redis_version: '7.1.0', os: 'Amazon ElastiCache' }, 'elasticache'],
  ] as const)('does not take another engine for Redis: %j', ([fields, name]) => {
    const result = run(fields);

    expect(result.findings).toEqual([]);
    expect(result.unseen?.join()).toContain(`${name} `);
  });

  test('says how old it is once it is old', () => {
    const day = 86_400_000;
    const collected = Date.parse(data.as_of);

    expect(run({ redis_version: '8.8.2' }, {}, collected + 90 * day).remarks).toEqual([]);
    expect(run({ redis_version: '8.8.2' }, {}, collected + 91 * day).remarks?.join()).toContain(
      '91 days old',
    );
  });

  test('gives every flaw its own evidence: verdict, weight, reason, and how it was read', () => {
    const { findings } = run({ redis_version: '7.0.15' }, { permitted: new Set(['eval', 'config']) });

    const known = findings.find(({ rule }) => rule === 'audit.vulnerable.known');
    const shell = known?.evidence.find(({ field }) => field === 'CVE-2025-49844');
    const unusable = findings.find(({ rule }) => rule === 'audit.vulnerable.unreachable');
    const restore = unusable?.evidence.find(({ field }) => field === 'CVE-2026-25243');

    expect(known?.severity).toBe('critical');
    expect(shell?.event).toBe('ACL DRYRUN');
    expect(shell?.excerpt).toBe(
      'reachable, critical 10: EVAL is permitted to default. Login: any-user. Use-after-free in the Lua parser (RediShell)',
    );
    expect(restore?.excerpt).toContain('denied, high 7.7: RESTORE is denied to default');
  });

  test('keeps what others say of the weight beside the vendor', () => {
    const { findings } = run({ redis_version: '7.0.4' });

    const excerpts = findings.flatMap(({ evidence }) => evidence).map(({ excerpt }) => excerpt);

    expect(excerpts.join('\n')).toContain('high 7; NVD critical 9.8');
  });

  test('lists what its package fixed, as information', () => {
    const { findings } = run({ redis_version: '7.0.15', redis_build_id: 'ae4d7c971a948f0' });

    const fixed = findings.find(({ rule }) => rule === 'audit.vulnerable.fixed-by-package');

    expect(fixed).toMatchObject({ severity: 'info', decides: false });
    expect(fixed?.evidence[0]?.excerpt).toBe("redis 7.0.15 (Debian's 5:7.0.15-1~deb12u10)");
    expect(fixed?.evidence.find(({ field }) => field === 'CVE-2025-49844')?.excerpt).toContain(
      'Debian fixed it in 5:7.0.15-1~deb12u6',
    );
  });

  test('does not mention a possibility that cannot arise here', () => {
    expect(run({ redis_version: '8.6.6' }).findings).toEqual([]);
    expect(run({ redis_version: '8.6.6', cluster_enabled: '1' }).findings).toMatchObject([
      { rule: 'audit.vulnerable.possible', severity: 'info', decides: false },
    ]);
  });

  test('says that modules were not seen, before they came with the release', () => {
    expect(run({ redis_version: '7.4.11' }, { modules: undefined }).remarks?.join()).toContain('MODULE LIST');
    expect(run({ redis_version: '8.8.2' }, { modules: undefined }).remarks).toEqual([]);
  });

  test('does not see whether it can be reached when only INFO is visible', () => {
    const result = run(
      { redis_version: '7.4.5' },
      { settings: undefined, users: undefined, modules: undefined, commands: undefined },
    );

    expect(reachable(result)).not.toContain('CVE-2025-49844');
    expect(result.unseen?.join()).toContain('what they need is not visible');
  });

  test('has nothing open on the newest release when only INFO is visible', () => {
    const result = run(
      { redis_version: '8.8.2' },
      { settings: undefined, users: undefined, modules: undefined, commands: undefined },
    );

    expect(decided(result)).toBe(false);
    expect(result.unseen).toBeUndefined();
  });

  test('says that it saw nothing where INFO is hidden', () => {
    const result = knownVulnerabilities.run(
      view({ redis_version: '7.4.5' }, { info: undefined, engine: undefined }),
    );

    expect(result.findings).toEqual([]);
    expect(result.unseen).toEqual(['its flaws: INFO is not visible']);
  });
});
