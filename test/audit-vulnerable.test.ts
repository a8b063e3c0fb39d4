import { describe, expect, test } from 'vitest';
import { endOfLife } from '../src/audit/checks/vulnerable/end-of-life.ts';
import { knownVulnerabilities } from '../src/audit/checks/vulnerable/known-vulnerabilities.ts';
import { exampleRelease } from '../src/audit/testing/example-release.ts';
import { exampleView } from '../src/audit/testing/example-view.ts';
import { builtBy } from '../src/audit/vulnerable/built-by.ts';
import { packageEpoch } from '../src/audit/vulnerable/package-date.ts';
import { loadVulnerabilities } from '../src/audit/vulnerable/vulnerability-data.ts';
import { packagedText } from '../src/platform/files.ts';
import { parseInfo } from '../src/redis/info.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, startReal } from './peers/real-servers.ts';
import { redisCli } from './peers/redis-cli.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));

async function infoOf(release: RealRelease): Promise<ReadonlyMap<string, string>> {
  const server = await startReal(release);
  try {
    return parseInfo(await redisCli(server.port, ['info', 'all']));
  } finally {
    await server.stop();
  }
}

describe('a real server', () => {
  test.for(Object.keys(RELEASES) as RealRelease[])(
    '%s is recognised as the Debian package it is',
    async (release) => {
      const info = await infoOf(release);
      const facts = exampleRelease(Object.fromEntries(info));
      const view = exampleView({ facts, vulnerabilities: data, now: Date.parse(data.as_of) });

      const built = builtBy(data, facts);
      const build = built.by === 'debian' ? built.package.build : undefined;
      const known = knownVulnerabilities.run(view);

      expect(`${facts.engine?.name}-${facts.engine?.version}`).toBe(release);
      expect(build?.upstream).toBe(release.split('-')[1]);
      expect(build?.build_id).toBe(info.get('redis_build_id'));
      expect(
        packageEpoch(
          { package: build?.package ?? 'redis', upstream: build?.upstream ?? '' },
          build?.build_id ?? '',
        ),
      ).toBe(build?.changelog_epoch);
      expect(endOfLife.run(view).findings).toEqual([]);
      // What its changelog names is never open.
      const open = known.findings
        .filter(({ rule }) => rule === 'audit.vulnerable.known')
        .flatMap(({ evidence }) => evidence.map(({ field }) => field));
      expect(open.filter((id) => built.by === 'debian' && built.package.fixed.has(id))).toEqual([]);
      expect(known.findings.map(({ rule }) => rule)).toContain('audit.vulnerable.fixed-by-package');
    },
  );
});
