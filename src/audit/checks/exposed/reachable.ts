import type { Check } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';

/** Reads: where the connection came from and went to. To be reached is no fault; it is what makes the others count. */
export const reachable: Check = {
  id: 'audit.exposed.reachable',
  axis: 'exposed',
  title: 'It cannot be reached over the network from here',
  reads: ['PING'],
  depth: 'L0',
  run: ({ facts }) => {
    if (facts.subject.kind !== 'server') return { findings: [], moot: 'files are reached by nobody' };
    if (!exposureOf(facts).reachedRemotely) return { findings: [] };
    return {
      findings: [
        {
          rule: 'audit.exposed.reachable',
          title: 'It is reached over the network',
          severity: 'info',
          stage: 'reconnaissance',
          attack: ['T1046'],
          why: 'Whatever else is found here can be used from where this audit ran.',
          advice: 'Let the firewall admit only the hosts of the applications to the port',
          evidence: [{ event: 'PING', field: 'address', excerpt: facts.address }],
          decides: false,
        },
      ],
    };
  },
};
