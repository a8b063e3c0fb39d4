import { isPlain } from '../../ask/redis-cli.ts';
import type { Check } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { hasUsers } from '../is-at-least.ts';

const MOST_SHOWN = 10;

/**
 * Reads: ACL LIST or the ACL file. Redis stores unsalted SHA-256; it is compared here with a list of common passwords.
 * Nothing is guessed at the server, and neither the hash nor the password is kept.
 */
export const weakPasswords: Check = {
  id: 'audit.exposed.weak-passwords',
  axis: 'exposed',
  title: 'No password is one that attackers try first',
  reads: ['ACL LIST', 'users.acl', 'redis.conf requirepass'],
  depth: 'L2',
  run: ({ facts }) => {
    if (facts.users === undefined)
      return { findings: [], remarks: [hiddenBecause(facts, 'users', 'how strong its passwords are')] };
    const weak = facts.users.filter(({ on, nopass, weakPasswords: count }) => on && !nopass && count > 0);
    if (weak.length === 0) return { findings: [] };
    const { boundBeyond } = exposureOf(facts);
    const powerful = weak.some(({ name, all }) => all || name === 'default');
    return {
      findings: [
        {
          rule: 'audit.exposed.weak-passwords',
          title: `${weak.length} user${weak.length === 1 ? ' has' : 's have'} a password that attackers try first`,
          severity: boundBeyond === false ? 'medium' : powerful ? 'critical' : 'high',
          stage: 'access',
          attack: ['T1110.001'],
          why: 'Redis answers many thousand AUTH a second and locks nobody out: a password of the usual lists holds for seconds.',
          advice: [
            ...weak.slice(0, MOST_SHOWN).map(({ name }) => {
              const word = isPlain(name) ? name : 'NAME';
              return hasUsers(facts)
                ? `A new password for ${word} (redis-cli ACL GENPASS makes one): redis-cli ACL SETUSER ${word} resetpass ">NEW-PASSWORD"`
                : `A new password for ${word} (at least 32 random characters): redis-cli CONFIG SET requirepass "NEW-PASSWORD"`;
            }),
            'Keep that over a restart: redis-cli --askpass CONFIG REWRITE (with an aclfile: ACL SAVE)',
            'Then see what came in with the old one, here under "infected" too: redis-cli ACL LOG',
          ].join('\n'),
          evidence: weak.slice(0, MOST_SHOWN).map(({ name, all, weakPasswords: count }) => ({
            event: 'ACL LIST',
            field: 'user',
            excerpt: `${name}: ${count} password${count === 1 ? '' : 's'} of the list of common ones${all ? ', and may do everything' : ''}`,
          })),
          decides: boundBeyond !== false,
        },
      ],
    };
  },
};
