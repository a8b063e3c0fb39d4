import type { AclRights, AclUser } from '../../ask/acl-user.ts';
import { isPlain } from '../../ask/redis-cli.ts';
import type { Check } from '../../check.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { isAtLeast } from '../is-at-least.ts';

const MOST_SHOWN = 10;
const KEEP = 'Keep that over a restart: redis-cli CONFIG REWRITE (with an aclfile: ACL SAVE)';
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
      (user) => user.on && !user.nopass && runsAll(user) && !ADMINISTRATOR.test(user.name),
    );
    const shared = facts.users.find(
      ({ name, on, nopass, all }) => name === 'default' && on && !nopass && all && facts.users?.length === 1,
    );
    const shown: readonly AclUser[] = shared === undefined ? wide : [...wide, shared];
    if (shown.length === 0) return { findings: [] };
    // Channels came with 6.2; before, the whole line is refused for the unknown word.
    const channels = isAtLeast(facts, [6, 2, 0]) ? 'resetchannels ' : '';
    const narrowed = ({ name }: AclUser): string => {
      const word = isPlain(name) && name !== 'default' ? name : 'APPLICATION';
      const made = word === 'APPLICATION' ? 'on ">NEW-PASSWORD" ' : '';
      return `Only what ${word} needs (its own prefix, and +@scripting where it runs Lua): redis-cli ACL SETUSER ${word} ${made}resetkeys "~${word}:*" ${channels}-@all +@read +@write +@connection +@transaction -@dangerous`;
    };
    return {
      findings: [
        {
          rule: 'audit.exposed.wide-users',
          title:
            wide.length === 0
              ? 'One password opens everything'
              : `${wide.length} user${wide.length === 1 ? '' : 's'} of applications may run every command`,
          severity: wide.length === 0 ? 'info' : 'low',
          stage: 'access',
          attack: ['T1078'],
          why: 'Whoever steals the password of one application can then load modules, move the dump file and replace the data of all others, also where its keys are limited.',
          advice: [...administrators(facts), ...shown.slice(0, MOST_SHOWN).map(narrowed), KEEP].join('\n'),
          evidence: shown.slice(0, MOST_SHOWN).map(({ name, allKeys, allChannels }) => ({
            event: 'ACL LIST',
            field: 'user',
            excerpt: `${name} +@all${allKeys ? ' ~*' : ', limited to some keys'}${allChannels ? ' &*' : ''}`,
          })),
          decides: false,
        },
      ],
    };
  },
};

/** Somebody has to keep all rights, and it may be the user that is about to lose them who types this. */
function administrators({ users = [] }: ServerFacts): string[] {
  if (users.some(({ name, on, all }) => on && all && ADMINISTRATOR.test(name))) return [];
  return [
    'First a user with all rights, for administrators: redis-cli ACL SETUSER admin on ">ADMIN-PASSWORD" allkeys +@all',
  ];
}

/** CONFIG, MODULE, REPLICAOF and FLUSHALL name no key: limits of keys do not hold them. */
function runsAll(user: AclUser): boolean {
  return [user, ...user.selectors].some(givesAll);
}

function givesAll({ all, commandRules }: AclRights): boolean {
  if (all) return true;
  const given = commandRules.some((rule) => rule === '+@all' || rule === 'allcommands');
  return given && !commandRules.some((rule) => rule.startsWith('-') || rule === 'nocommands');
}
