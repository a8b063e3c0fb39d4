import type { Check } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';

/** Reads: INFO server redis_mode, and whether it let us in without a login. */
export const sentinel: Check = {
  id: 'audit.exposed.sentinel',
  axis: 'exposed',
  title: 'A Sentinel needs a password',
  reads: ['INFO server redis_mode', 'PING before AUTH'],
  depth: 'L1',
  run: ({ facts }) => {
    if (facts.info?.get('redis_mode') !== 'sentinel') return { findings: [], moot: 'it is no Sentinel' };
    const { noPassword, reachedRemotely } = exposureOf(facts);
    if (noPassword !== true) return { findings: [] };
    return {
      findings: [
        {
          rule: 'audit.exposed.sentinel',
          title: 'A Sentinel that anybody may talk to',
          severity: reachedRemotely ? 'high' : 'low',
          stage: 'access',
          attack: ['T1190'],
          why: 'Whoever talks to it can fail over to another master, and SENTINEL SET runs scripts where that is permitted.',
          advice:
            'In sentinel.conf of all of them (6.2 and later):\nrequirepass NEW-PASSWORD\nsentinel sentinel-pass NEW-PASSWORD\nsentinel deny-scripts-reconfig yes\nRestart the Sentinels one by one, and give the applications the password\nLet the firewall admit only the applications and the other Sentinels',
          evidence: [
            { event: 'INFO server', field: 'redis_mode', excerpt: 'sentinel, answered without a login' },
          ],
          decides: reachedRemotely,
        },
      ],
    };
  },
};
