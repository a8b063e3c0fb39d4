import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import type { ServerFacts } from '../server-facts.ts';
import { exampleRelease, releaseFields } from '../testing/example-release.ts';
import { exampleUser } from '../testing/example-view.ts';
import { redisBuildId } from './build-id.ts';
import type { FlawVerdict } from './flaw-verdict.ts';
import { flawVerdicts } from './flaw-verdicts.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));
const ENGINES = ['redis', 'valkey'] as const;

/** A reading of the data that shares nothing with the code: three numbers in one. */
function figure(text: string): number {
  const [major = 0, minor = 0, patch = 0] = (text.split('-')[0] ?? '').split('.').map(Number);
  return text.includes('-rc') ? figure(text.split('-')[0] ?? '') - 0.5 : major * 1e8 + minor * 1e4 + patch;
}

function says(
  ranges: readonly { introduced: string; fixed: string | null }[] | undefined,
  release: string,
): boolean {
  return (ranges ?? []).some(
    ({ introduced, fixed }) =>
      figure(introduced) <= figure(release) && (fixed === null || figure(release) < figure(fixed)),
  );
}

/** Every release number of the data, and its neighbours on the same branch. */
function releases(engine: 'redis' | 'valkey'): string[] {
  const named = [
    ...data.cves.flatMap(({ affected }) =>
      (affected[engine] ?? []).flatMap(({ introduced, fixed }) => [introduced, fixed ?? introduced]),
    ),
    ...data.advisories_without_cve.flatMap(({ fixed }) => fixed[engine] ?? []),
    ...data.debian_builds.flatMap((build) => (build.package === engine ? [build.upstream] : [])),
    ...Object.values(data.latest_releases_seen[engine]).map((text) => text.split(' ')[0] ?? ''),
  ].filter((text) => /^\d+(\.\d+)*$/.test(text));
  const near = named.flatMap((text) => {
    const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
    return [patch - 1, patch, patch + 1].filter((one) => one >= 0).map((one) => `${major}.${minor}.${one}`);
  });
  return [...new Set(near)];
}

/** All that any flaw may need is there. */
const everything = {
  openWithoutLogin: false,
  users: [exampleUser(), exampleUser({ name: 'ann', all: false, allKeys: false, commandRules: [] })],
  modules: ['bf', 'search', 'timeseries'].map((name) => ({ name, version: 80_200, path: undefined })),
  settings: new Map([
    ['tls-port', '6380'] as const,
    ['maxmemory-clients', '1'] as const,
    ['replica-read-only', 'no'] as const,
    ['unixsocket', '/run/redis.sock'] as const,
  ]),
};
const willing = { arch_bits: '32', role: 'slave', cluster_enabled: '1', mem_allocator: 'other' };

describe('flaw verdicts', () => {
  test.for(ENGINES)('are what the data says, for every release of %s in it and beside it', (engine) => {
    const list = releases(engine);
    const wrong = list.flatMap((release) => {
      const facts = exampleRelease({ ...willing, ...releaseFields(engine, release) }, everything);
      const verdicts = new Map(flawVerdicts(data, facts).map((one) => [one.id, one.verdict]));
      return data.cves.flatMap(({ id, affected }) => {
        const has = says(affected[engine], release);
        return (verdicts.get(id) !== 'not-affected') === has ? [] : [`${engine} ${release} ${id}`];
      });
    });

    expect(list.length).toBeGreaterThan(engine === 'redis' ? 120 : 40);
    expect(wrong).toEqual([]);
  });

  test.for(ENGINES)(
    'call it reachable where all is there that it needs, on every release of %s',
    (engine) => {
      const outside = new Set(['client', 'tool', 'third-party-port', 'packaging']);
      const sure = data.cves.filter(
        ({ kind, disputed, precondition, affected }) =>
          !outside.has(kind) &&
          !disputed &&
          !['local', 'malicious-server'].includes(precondition.auth) &&
          !precondition.needs.includes('victim browser on the same network') &&
          (affected[engine] ?? []).every(({ fix_status }) => fix_status === undefined),
      );
      const wrong = releases(engine).flatMap((release) => {
        const facts = exampleRelease({ ...willing, ...releaseFields(engine, release) }, everything);
        const verdicts = new Map(flawVerdicts(data, facts).map((one) => [one.id, one.verdict]));
        return sure.flatMap(({ id, affected }) => {
          const wanted = says(affected[engine], release) ? 'reachable' : 'not-affected';
          return verdicts.get(id) === wanted
            ? []
            : [`${release} ${id} is ${verdicts.get(id)}, not ${wanted}`];
        });
      });

      expect(sure.length).toBeGreaterThan(50);
      expect(wrong).toEqual([]);
    },
  );

  test.for(ENGINES)('flag no release of %s that is the fixed one, or after it, of its branch', (engine) => {
    const wrong = data.cves
      .filter(({ disputed }) => !disputed)
      .flatMap(({ id, affected }) =>
        (affected[engine] ?? []).flatMap(({ fixed }) => {
          if (fixed === null) return [];
          const [major, minor] = fixed.split('.');
          // A range that goes on where this one ends: the branch in front got no fixed release.
          if (affected[engine]?.some(({ introduced }) => introduced === fixed) === true) return [];
          const newest = data.latest_releases_seen[engine][`${major}.${minor}`]?.split(' ')[0] ?? fixed;
          return [fixed, newest].flatMap((release) => {
            const facts = exampleRelease(releaseFields(engine, release), everything);
            const found = flawVerdicts(data, facts).find((one) => one.id === id);
            return found?.verdict === 'not-affected' ? [] : [`${release} ${id}`];
          });
        }),
      );

    expect(wrong).toEqual([]);
  });

  test('of a Debian package are those of its number, without what its changelog fixed up to it', () => {
    const wrong = data.debian_builds.flatMap((build) => {
      const facts = exampleRelease(
        { ...willing, ...releaseFields(build.package, build.upstream), redis_build_id: build.build_id },
        everything,
      );
      const verdicts = new Map(flawVerdicts(data, facts).map((one) => [one.id, one.verdict]));
      return data.cves.flatMap(({ id, kind, affected }) => {
        if (kind === 'packaging') return [];
        const has = says(affected[build.package], build.upstream);
        const got = verdicts.get(id);
        const named = build.cves_named_in_this_revision.includes(id);
        if (!has) return got === 'not-affected' ? [] : [`${build.debian_version} ${id} ${got}`];
        if (named) return got === 'fixed-by-package' ? [] : [`${build.debian_version} ${id} ${got}`];
        return got === 'not-affected' ? [`${build.debian_version} ${id} ${got}`] : [];
      });
    });

    expect(wrong).toEqual([]);
  });

  test('of a line of Debian packages only ever get fewer', () => {
    const line = (suffix: RegExp): string[][] =>
      data.debian_builds
        .filter(({ debian_version }) => suffix.test(debian_version))
        .toSorted((left, right) => left.changelog_epoch - right.changelog_epoch)
        .map((build) => {
          const fields = { ...releaseFields(build.package, build.upstream), redis_build_id: build.build_id };
          return open(flawVerdicts(data, exampleRelease({ ...willing, ...fields }, everything)));
        });

    for (const suffix of [
      /7\.0\.15-1~deb12u/,
      /8\.0\.2-3\+deb13u/,
      /8\.1\.1\+dfsg1-3\+deb13u/,
      /6\.0\.16-1\+deb11u/,
    ]) {
      const steps = line(suffix);
      expect(steps.length).toBeGreaterThan(1);
      const added = steps.flatMap((step, at) => step.filter((id) => steps[at - 1]?.includes(id) === false));
      expect(added).toEqual([]);
      expect(steps.at(-1)?.length).toBeLessThan(steps[0]?.length ?? 0);
    }
    expect(line(/7\.0\.15-1~deb12u10/)).toEqual([[]]);
  });

  test('of a release candidate are those of its release, as a possibility', () => {
    const facts = exampleRelease({ redis_version: '7.9.240' });
    const five = exampleRelease({ redis_version: '4.9.101' });

    const found = flawVerdicts(data, facts).find(({ id }) => id === 'CVE-2025-49844');
    const early = flawVerdicts(data, five).find(({ id }) => id === 'CVE-2018-12453');

    expect(found).toMatchObject({ verdict: 'version-only', because: 'a release candidate' });
    expect(early).toMatchObject({ verdict: 'version-only' });
  });

  test('are none for an engine that is not Redis, and for the unstable branch', () => {
    const dragonfly = exampleRelease({ redis_version: '7.4.0', dragonfly_version: 'df-v1.2' });
    const unstable = exampleRelease({ redis_version: '255.255.255' });

    expect([flawVerdicts(data, dragonfly), flawVerdicts(data, unstable)]).toEqual([[], []]);
  });

  test('of a package that is not known are possible only, but for what is younger than the package', () => {
    const fields = { redis_version: '5.0.7', executable: '/usr/bin/redis-server' };
    const buildId = String(Date.UTC(2021, 5, 1) / 1_000);
    const printed = redisBuildId({ package: 'redis', upstream: '5.0.7', buildId });

    const unknown = flawVerdicts(data, exampleRelease(fields));
    const dated = flawVerdicts(data, exampleRelease({ ...fields, redis_build_id: printed }));

    expect(open(unknown)).toEqual([]);
    expect(open(dated)).toContain('CVE-2025-49844');
    expect(open(dated).filter((one) => one < 'CVE-2022')).toEqual([]);
    expect(unknown.find(({ id }) => id === 'CVE-2025-49844')).toMatchObject({
      verdict: 'version-only',
      hidden: true,
    });
  });

  test('of what a provider runs are possible only', () => {
    const facts = exampleRelease(
      { redis_version: '7.4.0' },
      {
        subject: {
          kind: 'server',
          text: 'redis://x.redis.cache.windows.net:6379',
          host: 'x.redis.cache.windows.net',
          port: 6_379,
          tls: false,
        },
      },
    );

    const verdicts = flawVerdicts(data, facts);

    expect(open(verdicts)).toEqual([]);
    expect(verdicts.find(({ id }) => id === 'CVE-2025-49844')?.because).toContain('Azure');
  });

  test('of a dump, which names its release and nothing else, are by the number only', () => {
    const bare = exampleRelease(
      { redis_version: '7.0.12' },
      {
        settings: undefined,
        users: undefined,
        modules: undefined,
        commands: undefined,
        openWithoutLogin: undefined,
      },
    );
    const dump = {
      ...bare,
      info: new Map([['redis_version', '7.0.12']]),
      subject: { kind: 'rdb', text: 'dump.rdb', host: '', port: 0, tls: false } as const,
    };

    const found = flawVerdicts(data, dump);

    expect(found.find(({ id }) => id === 'CVE-2025-49844')?.verdict).toBe('version-only');
    expect(found.find(({ id }) => id === 'CVE-2026-81934')?.verdict).toBe('version-only');
    expect(found.find(({ id }) => id === 'CVE-2022-24834')?.verdict).toBe('not-affected');
    expect(open(found)).toEqual([]);
  });

  test('take a module by its own number when it was built on its own', () => {
    const verdictOf = (version: number): string | undefined => {
      const modules = [{ name: 'bf', version, path: undefined }];
      const facts = exampleRelease({ redis_version: '7.4.5' }, { modules });
      return flawVerdicts(data, facts).find(({ id }) => id === 'CVE-2026-25589')?.verdict;
    };

    expect([20_819, 20_820, 20_410].map(verdictOf)).toEqual(['reachable', 'not-affected', 'reachable']);
  });

  test('of a module that may be loaded unseen are by the number only', () => {
    const verdictOf = (modules: ServerFacts['modules'], version: string): string | undefined =>
      flawVerdicts(data, exampleRelease({ redis_version: version }, { modules })).find(
        ({ id }) => id === 'CVE-2026-25589',
      )?.verdict;

    expect(verdictOf(undefined, '7.4.5')).toBe('version-only');
    expect(verdictOf([], '7.4.5')).toBe('not-affected');
  });

  test('say of the branch between two that were fixed that nobody looked at it', () => {
    const facts = exampleRelease({ redis_version: '8.0.6' });

    const found = flawVerdicts(data, facts).find(({ id }) => id === 'REDIS-2026-08-SLOTINFO');

    expect(found).toMatchObject({ verdict: 'version-only' });
    expect(found?.because).toContain('8.0 got no release');
  });

  test('of tools, clients and accounts on the host are never reachable', () => {
    const facts = exampleRelease({ ...willing, redis_version: '4.0.2' }, everything);
    const verdicts = new Map(flawVerdicts(data, facts).map((one) => [one.id, one.verdict]));
    const seven = flawVerdicts(data, exampleRelease({ redis_version: '7.2.8' }, everything));

    expect(['CVE-2018-12326', 'CVE-2017-15047', 'CVE-2021-32762'].map((id) => verdicts.get(id))).toEqual([
      'not-met',
      'not-met',
      'not-met',
    ]);
    expect(seven.find(({ id }) => id === 'CVE-2025-27151')?.verdict).toBe('not-met');
  });

  test('give every entry of the data one verdict', () => {
    const verdicts = flawVerdicts(data, exampleRelease({ redis_version: '7.0.15' }));

    expect(verdicts.map(({ id }) => id)).toEqual([
      ...data.cves.map(({ id }) => id),
      ...data.advisories_without_cve.map(({ id }) => id),
    ]);
  });
});

function open(verdicts: readonly FlawVerdict[]): string[] {
  return verdicts.flatMap(({ id, verdict }) => (verdict === 'reachable' ? [id] : []));
}
