import type { Check } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { hasUsers, isSentinel } from '../is-at-least.ts';

/** Reads: PING before AUTH, ACL LIST, CONFIG GET bind and protected-mode, and where we came from. */
export const noPassword: Check = {
  id: 'audit.exposed.no-password',
  axis: 'exposed',
  title: 'The default user needs a password',
  reads: ['PING before AUTH', 'ACL LIST', 'CONFIG GET bind', 'CONFIG GET protected-mode'],
  depth: 'L0',
  run: ({ facts }) => {
    const { noPassword: none, open, reachedRemotely } = exposureOf(facts);
    if (none === undefined) {
      return { findings: [], unseen: [hiddenBecause(facts, 'users', 'whether it asks for a password')] };
    }
    if (!none) return { findings: [] };
    // Its own check says what to do; what is left to say is that nobody sees where it listens.
    const sentinel = isSentinel(facts);
    const unseen =
      open === undefined ? ['who can reach it: CONFIG GET bind and protected-mode are not visible'] : [];
    return {
      unseen,
      findings: [
        {
          rule: 'audit.exposed.no-password',
          title:
            open === true
              ? 'Anybody who reaches it is let in without a password'
              : 'The default user has no password',
          severity: open === true ? 'critical' : 'low',
          stage: 'access',
          attack: ['T1190'],
          why:
            open === true
              ? 'Open servers are found by scanners within hours; the attacks that follow write files, load modules or wipe the data.'
              : 'Only loopback or protected mode stands between the data and everybody. Any local process, and any web application that can be made to send requests, comes in.',
          advice: [
            'In redis.conf: requirepass <at least 32 random characters> (better, Redis 6 and later: one ACL user an application, then user default off)',
            'At once, without a restart (Redis 6 and later): redis-cli ACL SETUSER default resetpass ">NEW-PASSWORD"',
            'So that it outlives a restart: redis-cli --askpass CONFIG REWRITE (or ACL SAVE, where there is an aclfile)',
            'Give the applications the password, then watch for NOAUTH in their logs',
          ].join('\n'),
          evidence: [
            {
              event: facts.openWithoutLogin === true ? 'PING' : 'ACL LIST',
              field: 'reply',
              excerpt:
                facts.openWithoutLogin === true
                  ? `answered ${reachedRemotely ? 'over the network' : 'over loopback'} without a login`
                  : 'user default on nopass',
            },
          ],
          decides: open === true,
        },
      ],
    };
  },
};
