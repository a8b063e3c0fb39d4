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
    const unseen =
      open === undefined ? ['who can reach it: CONFIG GET bind and protected-mode are not visible'] : [];
    // Its own check (sentinel.ts) says what to do.
    if (isSentinel(facts)) return { findings: [], unseen };
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
          advice: adviceOf(facts),
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

function adviceOf(facts: ServerFacts): string {
  const users = hasUsers(facts);
  const replicas = Number(facts.info?.get('connected_slaves')) > 0 || facts.info?.get('role') === 'slave';
  const lines =
    facts.subject.kind === 'server'
      ? [
          users
            ? 'Close it, without a restart (at least 32 random characters): redis-cli ACL SETUSER default resetpass ">NEW-PASSWORD"'
            : 'Close it, without a restart (at least 32 random characters): redis-cli CONFIG SET requirepass "NEW-PASSWORD"',
          users
            ? 'Keep that over a restart: redis-cli --askpass CONFIG REWRITE (with an aclfile: ACL SAVE)'
            : 'Keep that over a restart: redis-cli --askpass CONFIG REWRITE',
        ]
      : ['In redis.conf (at least 32 random characters): requirepass NEW-PASSWORD', 'Restart Redis'];
  return [
    ...lines,
    ...(replicas
      ? ['In redis.conf of every replica, and of what may become one: masterauth NEW-PASSWORD']
      : []),
    'Give the applications the password, and watch for NOAUTH in their logs',
    ...(users ? ['Better than one password: an ACL user for each application, then user default off'] : []),
  ].join('\n');
}
