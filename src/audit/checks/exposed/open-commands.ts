import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { mayRun } from '../../vulnerable/command-rights.ts';
import { hasUsers, isSentinel } from '../is-at-least.ts';

/** What attacks on open servers use, in the words of the ACL. */
const DANGEROUS = [
  'config',
  'debug',
  'eval',
  'flushall',
  'migrate',
  'module',
  'replicaof',
  'save',
  'slaveof',
  'shutdown',
];

/** Reads: COMMAND INFO, or rename-command of a redis.conf (renamed or removed?), and ACL DRYRUN (permitted?); runs none of them. */
export const openCommands: Check = {
  id: 'audit.exposed.dangerous-commands',
  axis: 'exposed',
  title: 'Commands that take over a server need a login',
  reads: ['COMMAND INFO', 'ACL DRYRUN'],
  depth: 'L2',
  run: ({ facts }) => {
    const { open, noPassword } = exposureOf(facts);
    if (isSentinel(facts)) return { findings: [], moot: 'a Sentinel has none of them' };
    if (noPassword !== true) return NO_FINDINGS;
    if (facts.commands === undefined)
      return { findings: [], remarks: [hiddenBecause(facts, 'commands', 'dangerous commands')] };
    const usable = DANGEROUS.filter((command) => isUsable(facts, command));
    if (usable.length === 0) return NO_FINDINGS;
    return {
      findings: [
        {
          rule: 'audit.exposed.dangerous-commands',
          title: 'Commands that take over a server need no login',
          severity: open === true ? 'high' : 'info',
          stage: 'access',
          attack: ['T1190'],
          why: 'With these, a visitor points the dump file at a cron or SSH folder, loads a module from a rogue master, or wipes the data.',
          advice: hasUsers(facts)
            ? [
                'One user more, with all rights, for administrators: redis-cli --askpass ACL SETUSER admin on ">ADMIN-PASSWORD" allkeys +@all',
                'One user less with all rights: default (add -@scripting where nobody runs Lua, and +psync +replconf where replicas log in as it): redis-cli --user admin --askpass ACL SETUSER default -@admin -@dangerous +info',
                'Keep that over a restart: redis-cli --user admin --askpass CONFIG REWRITE (with an aclfile: ACL SAVE)',
              ].join('\n')
            : [
                'In redis.conf, for Redis before 6 has no users with rights of their own:',
                ...['CONFIG', 'MODULE', 'SLAVEOF', 'REPLICAOF', 'DEBUG', 'FLUSHALL'].map(
                  (command) => `rename-command ${command} ""`,
                ),
                'Restart Redis (tools that use them, Sentinel too, need the commands: give those another name there)',
              ].join('\n'),
          evidence: [
            {
              event: facts.subject.kind === 'server' ? 'COMMAND INFO' : 'redis.conf',
              field: 'usable',
              excerpt: usable.join(' '),
            },
          ],
          decides: open === true,
        },
      ],
    };
  },
};

/** DRYRUN tells of a few; of the others we know that they exist, and which rules the user has. */
function isUsable({ commands, permitted, users, user }: ServerFacts, command: string): boolean {
  if (commands?.has(command) !== true) return false;
  if (permitted !== undefined && ASKED.has(command)) return permitted.has(command);
  const self = users?.find(({ name }) => name === (user ?? 'default'));
  return self === undefined || mayRun(self, command);
}

const ASKED = new Set(['config', 'eval', 'flushall', 'replicaof', 'restore', 'save']);
