import type { AclUser } from '../../ask/acl-user.ts';
import { isPlain } from '../../ask/redis-cli.ts';
import type { Check } from '../../check.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { isAtLeast } from '../is-at-least.ts';

const MOST_SHOWN = 10;
/** Names that say that all rights are meant. */
const ADMINISTRATOR = /^(default|admin|administrator|root|superuser|operator|redis-admin|ops)$/i;

/** Reads: ACL LIST. Users with a password who may do far more than an application needs. */
export const wideUsers: Check = {
  id: 'audit.exposed.wide-users',
  axis: 'exposed',
  title: 'No user but an administrator may do everything',
  reads: ['ACL LIST', 'users.acl'],
  depth: 'L2',
  run: ({ facts }) => {
    if (facts.users === undefined)
      return { findings: [], remarks: [hiddenBecause(facts, 'users', 'the rights of its users')] };
    const wide = facts.users.filter(
      (user) => user.on && !user.nopass && user.all && !ADMINISTRATOR.test(user.name),
    );
    const shared = facts.users.find(
      ({ name, on, nopass, all }) => name === 'default' && on && !nopass && all && facts.users?.length === 1,
    );
    const shown: readonly AclUser[] = shared === undefined ? wide : [...wide, shared];
    if (shown.length === 0) return { findings: [] };
    return {
      findings: [
        {
          rule: 'audit.exposed.wide-users',
          title:
            wide.length === 0
              ? 'One password opens everything'
              : `${wide.length} user${wide.length === 1 ? '' : 's'} of applications may do everything`,
          severity: wide.length === 0 ? 'info' : 'low',
          stage: 'access',
          attack: ['T1078'],
          why: 'Whoever steals the password of one application can then load modules, move the dump file and read the data of all others.',
          advice: shown
            .slice(0, MOST_SHOWN)
            .map(({ name }) => {
              const word = isPlain(name) && name !== 'default' ? name : 'APPLICATION';
              const made = word === 'APPLICATION' ? 'on ">NEW-PASSWORD" ' : '';
              // Channels came with 6.2; before, the whole line is refused for the unknown word.
              const channels = isAtLeast(facts, [6, 2, 0]) ? 'resetchannels ' : '';
              return `Only what ${word} needs (its own prefix, and +@scripting where it runs Lua): redis-cli ACL SETUSER ${word} ${made}resetkeys "~${word}:*" ${channels}-@all +@read +@write +@connection +@transaction -@dangerous`;
            })
            .concat('Keep that over a restart: redis-cli CONFIG REWRITE (with an aclfile: ACL SAVE)')
            .join('\n'),
          evidence: shown.slice(0, MOST_SHOWN).map(({ name, allChannels }) => ({
            event: 'ACL LIST',
            field: 'user',
            excerpt: `${name} +@all ~*${allChannels ? ' &*' : ''}`,
          })),
          decides: false,
        },
      ],
    };
  },
};
