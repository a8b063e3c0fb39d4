import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';
import type { ServerFacts } from '../../server-facts.ts';

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

/** Reads: COMMAND INFO (renamed or removed?) and ACL DRYRUN (permitted?); runs none of them. */
export const openCommands: Check = {
  id: 'audit.exposed.dangerous-commands',
  axis: 'exposed',
  title: 'Commands that take over a server need a login',
  reads: ['COMMAND INFO', 'ACL DRYRUN'],
  depth: 'L2',
  run: ({ facts }) => {
    const { open, noPassword } = exposureOf(facts);
    if (noPassword !== true) return NO_FINDINGS;
    if (facts.commands === undefined)
      return { findings: [], remarks: ['dangerous commands: COMMAND INFO is not visible'] };
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
          advice:
            'Redis 6 and later, first an administrator of your own: redis-cli ACL SETUSER admin on ">NEW-PASSWORD" allkeys +@all\nThen take the commands from everybody else: redis-cli ACL SETUSER default -@admin -@dangerous +info\nBefore Redis 6, in redis.conf: rename-command CONFIG "" and the same for MODULE, SLAVEOF, REPLICAOF, DEBUG, FLUSHALL\nIn redis.conf (Redis 7): enable-protected-configs no, enable-debug-command no, enable-module-command no',
          evidence: [{ event: 'COMMAND INFO', field: 'usable', excerpt: usable.join(' ') }],
          decides: open === true,
        },
      ],
    };
  },
};

/** DRYRUN tells of a few; of the others we know that they exist, and that nobody took them from the user. */
function isUsable({ commands, permitted, users, user }: ServerFacts, command: string): boolean {
  if (commands?.has(command) !== true) return false;
  if (permitted !== undefined && ASKED.has(command)) return permitted.has(command);
  const self = users?.find(({ name }) => name === (user ?? 'default'));
  return self === undefined || self.all;
}

const ASKED = new Set(['config', 'eval', 'flushall', 'replicaof', 'restore', 'save']);
