import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { placeOf } from '../../infection/trace.ts';

const MOST_SHOWN = 10;

/** Reads: EXISTS of the names that known campaigns write. A name alone is a reason to look, not a verdict. */
export const maliciousKeys: Check = {
  id: 'audit.infected.campaign-keys',
  axis: 'infected',
  title: 'No key bears the name of a known campaign',
  reads: ['EXISTS', 'SCAN', 'every key of a dump'],
  depth: 'L3',
  run: ({ campaignKeys: keys }) => {
    if (keys.length === 0) return NO_FINDINGS;
    return {
      findings: [
        {
          rule: 'audit.infected.campaign-keys',
          title: 'Key names that known campaigns write',
          severity: 'low',
          stage: 'tampering',
          attack: ['T1190'],
          why: 'Campaigns keep their key names for years. A name alone can be chance; what stands in the key decides.',
          advice:
            'Look at the values: redis-cli GETRANGE KEY 0 400\nWhen each was last touched, in seconds: redis-cli OBJECT IDLETIME KEY\nIf nobody knows them, isolate the server, keep a copy (redis-cli --rdb evidence.rdb), and treat it as attacked',
          evidence: keys
            .slice(0, MOST_SHOWN)
            .map((place) => ({ event: placeOf(place), field: 'key', excerpt: 'a name of a known campaign' })),
          decides: false,
        },
      ],
    };
  },
};
