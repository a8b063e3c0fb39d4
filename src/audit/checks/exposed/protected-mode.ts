import type { Check } from '../../check.ts';
import { NO_FINDINGS, settingEvidence } from '../../check.ts';
import { exposureOf, protectedModeOf } from '../../exposure.ts';
import { hiddenBecause } from '../../server-facts.ts';

/** Reads: CONFIG GET protected-mode. Of weight only where there is no password. */
export const protectedMode: Check = {
  id: 'audit.exposed.protected-mode',
  axis: 'exposed',
  title: 'Protected mode is on',
  reads: ['CONFIG GET protected-mode', 'redis.conf protected-mode'],
  depth: 'L2',
  run: ({ facts }) => {
    const { noPassword, open } = exposureOf(facts);
    const value = protectedModeOf(facts);
    if (value === undefined)
      return { findings: [], moot: hiddenBecause(facts, 'settings', 'protected mode') };
    if (value !== 'no' || noPassword !== true) return NO_FINDINGS;
    return {
      findings: [
        {
          rule: 'audit.exposed.protected-mode',
          title: 'Protected mode is off although there is no password',
          severity: open === true ? 'high' : 'low',
          stage: 'access',
          attack: ['T1190', 'T1562.001'],
          why: 'Protected mode turns remote clients away while no password is set. Container images switch it off, and so do worms.',
          advice:
            'At once, for it turns away the clients of all other hosts: redis-cli CONFIG SET protected-mode yes\nIn redis.conf: protected-mode yes\nIn a container, publish the port on loopback only: -p 127.0.0.1:6379:6379',
          evidence: [settingEvidence('protected-mode', 'no')],
          decides: open === true,
        },
      ],
    };
  },
};
