import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { branchStatus } from '../../vulnerable/branch-status.ts';
import { builtBy } from '../../vulnerable/built-by.ts';
import { isCandidate } from '../../vulnerable/version.ts';

/** Reads: INFO server. A branch without releases gets no fix for the next flaw, whatever it has today. */
export const endOfLife: Check = {
  id: 'audit.vulnerable.end-of-life',
  axis: 'vulnerable',
  title: 'Its branch still gets fixes',
  reads: ['INFO server', 'RDB redis-ver'],
  depth: 'L1',
  run: ({ facts, vulnerabilities }) => {
    const { engine } = facts;
    if (engine?.parsed === undefined || engine.comparable === undefined) return NO_FINDINGS;
    const { by } = builtBy(vulnerabilities, facts);
    // Debian goes on where upstream stopped, and a provider decides for itself.
    if (by === 'debian' || by === 'provider' || isCandidate(engine.parsed)) return NO_FINDINGS;
    const { branch, ended, latest, next, newest } = branchStatus(
      vulnerabilities,
      engine.comparable,
      engine.parsed,
    );
    if (!ended) return NO_FINDINGS;
    const last = latest === undefined ? '' : `${latest} was its last release; `;
    return {
      findings: [
        {
          rule: 'audit.vulnerable.end-of-life',
          title: `The branch ${branch} gets no fixes any more`,
          severity: 'low',
          stage: 'execution',
          attack: ['T1190'],
          why: `No release of ${engine.name} ${branch} is expected: ${last}the newest of all is ${newest}.`,
          advice: `Plan the upgrade to ${engine.name} ${next ?? newest} or later${by === 'distribution' || facts.subject.kind !== 'server' ? '\nIf a distribution looks after this package, its security team decides' : ''}`,
          evidence: [{ event: 'INFO server', field: 'version', excerpt: `${engine.name} ${engine.version}` }],
          decides: false,
        },
      ],
    };
  },
};
