import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { debianPackage } from '../../vulnerable/debian-package.ts';
import { compareVersions, parseVersion } from '../../vulnerable/server-version.ts';

/** Reads: INFO server. A branch without releases gets no fix for the next flaw, whatever it has today. */
export const endOfLife: Check = {
  id: 'audit.vulnerable.end-of-life',
  axis: 'vulnerable',
  title: 'Its branch still gets fixes',
  reads: ['INFO server'],
  depth: 'L1',
  run: ({ facts, vulnerabilities }) => {
    const { engine, info } = facts;
    if (engine?.parsed === undefined || engine.comparable === undefined) return NO_FINDINGS;
    // Debian goes on where upstream stopped.
    if (debianPackage(vulnerabilities, info?.get('redis_build_id')) !== undefined) return NO_FINDINGS;
    const { parsed } = engine;
    const releases = vulnerabilities.latest_releases_seen[engine.comparable];
    const branch = `${parsed[0]}.${parsed[1]}`;
    const own = releases[branch];
    const newest = Object.values(releases).at(-1) ?? '';
    const latest = parseVersion(newest);
    const ended =
      own === undefined ? latest !== undefined && compareVersions(parsed, latest) < 0 : own.includes(' ');
    if (!ended) return NO_FINDINGS;
    return {
      findings: [
        {
          rule: 'audit.vulnerable.end-of-life',
          title: `The branch ${branch} gets no fixes any more`,
          severity: 'low',
          stage: 'execution',
          attack: ['T1190'],
          why: `No release of ${engine.name} ${branch} is expected; the newest seen is ${newest}.`,
          advice: `Plan the upgrade to ${engine.name} ${newest} or later\nIf a distribution looks after this package, its security team decides`,
          evidence: [{ event: 'INFO server', field: 'version', excerpt: `${engine.name} ${engine.version}` }],
          decides: false,
        },
      ],
    };
  },
};
