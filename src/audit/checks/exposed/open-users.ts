import { isPlain } from '../../ask/redis-cli.ts';
import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';

const MOST_SHOWN = 10;
const KEEP = 'Keep that over a restart: redis-cli --askpass CONFIG REWRITE (with an aclfile: ACL SAVE)';

/** Reads: ACL LIST. Users other than default that come in with any password. */
export const openUsers: Check = {
  id: 'audit.exposed.open-users',
  axis: 'exposed',
  title: 'Every user needs a password',
  reads: ['ACL LIST'],
  depth: 'L2',
  run: ({ facts }) => {
    const open = (facts.users ?? []).filter(({ name, on, nopass }) => on && nopass && name !== 'default');
    if (open.length === 0) return NO_FINDINGS;
    const { boundBeyond } = exposureOf(facts);
    const worst = open.some(({ all }) => all);
    return {
      findings: [
        {
          rule: 'audit.exposed.open-users',
          title: `${open.length} more ACL user${open.length === 1 ? '' : 's'} without a password`,
          severity: worst ? 'high' : 'medium',
          stage: 'access',
          attack: ['T1190', 'T1078'],
          why: 'A user with nopass is let in with any password at all. An attacker who was here may have left one.',
          advice: open
            .slice(0, MOST_SHOWN)
            .map(({ name }) => {
              // Whoever made the user chose its name, and somebody will paste this into a shell.
              const word = isPlain(name) ? name : 'NAME';
              return `A new password for ${word} (if nobody knows that user: ACL DELUSER ${word}): redis-cli ACL SETUSER ${word} resetpass ">NEW-PASSWORD"`;
            })
            .concat(KEEP)
            .join('\n'),
          evidence: open.slice(0, MOST_SHOWN).map(({ name, all }) => ({
            event: 'ACL LIST',
            field: 'user',
            excerpt: `${name} on nopass${all ? ' +@all' : ''}`,
          })),
          decides: boundBeyond !== false,
        },
      ],
    };
  },
};
