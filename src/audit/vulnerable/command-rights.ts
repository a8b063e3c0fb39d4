import type { AclRights, AclUser } from '../ask/acl-user.ts';
import { COMMANDS_ASKED_ABOUT, DRY_RUNS } from '../ask/allowed.ts';
import type { ServerFacts } from '../server-facts.ts';

/** Categories of the commands that flaws and attacks need (COMMAND INFO of 8.0); the same since Redis 6. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  eval: ['scripting', 'slow'],
  eval_ro: ['scripting', 'slow'],
  evalsha: ['scripting', 'slow'],
  evalsha_ro: ['scripting', 'slow'],
  fcall: ['scripting', 'slow'],
  fcall_ro: ['scripting', 'slow'],
  'script|load': ['scripting', 'slow'],
  'function|load': ['write', 'scripting', 'slow'],
  restore: ['keyspace', 'write', 'slow', 'dangerous'],
  'config|set': ['admin', 'slow', 'dangerous'],
  'acl|setuser': ['admin', 'slow', 'dangerous'],
  config: ['admin', 'slow', 'dangerous'],
  debug: ['admin', 'slow', 'dangerous'],
  flushall: ['keyspace', 'write', 'slow', 'dangerous'],
  migrate: ['keyspace', 'write', 'slow', 'dangerous'],
  module: ['admin', 'slow', 'dangerous'],
  replicaof: ['admin', 'slow', 'dangerous'],
  save: ['admin', 'slow', 'dangerous'],
  slaveof: ['admin', 'slow', 'dangerous'],
  shutdown: ['admin', 'slow', 'dangerous'],
  stralgo: ['read', 'string', 'slow'],
  xackdel: ['write', 'stream', 'fast'],
};

/** Whether somebody may run a command, with who and how it was read. */
export interface Right {
  readonly can: boolean | undefined;
  readonly says: string;
  readonly from: string;
}

/** @param command as ACL writes it: `eval`, `config|set`. */
export function rightTo(facts: ServerFacts, command: string): Right {
  const name = command.split('|')[0] ?? command;
  const label = command.replace('|', ' ').toUpperCase();
  const { commands, permitted, users, engine, subject } = facts;
  const source = subject.kind === 'server' ? 'COMMAND INFO' : 'redis.conf';
  if (commands?.has(name) === false && COMMANDS_ASKED_ABOUT.some((known) => known === name)) {
    return { can: false, says: `no command bears the name ${name.toUpperCase()}`, from: source };
  }
  const self = facts.user ?? 'default';
  const asked = permitted !== undefined && DRY_RUNS.some((run) => run[0] === name);
  if (asked && permitted.has(name))
    return { can: true, says: `${label} is permitted to ${self}`, from: 'ACL DRYRUN' };
  if (users !== undefined && users.length > 0) {
    const able = users.filter((user) => user.on && !(asked && user.name === self) && mayRun(user, command));
    const names = able.slice(0, 3).map((user) => user.name);
    return able.length > 0
      ? { can: true, says: `${label} is permitted to ${names.join(', ')}`, from: 'ACL LIST' }
      : { can: false, says: `no user may run ${label}`, from: 'ACL LIST' };
  }
  if (asked) {
    return self === 'default'
      ? { can: false, says: `${label} is denied to ${self}`, from: 'ACL DRYRUN' }
      : {
          can: undefined,
          says: `${label} is denied to ${self}, other users are not visible`,
          from: 'ACL DRYRUN',
        };
  }
  const withoutRules = users !== undefined || (engine?.parsed !== undefined && engine.parsed[0] < 6);
  if (withoutRules && (commands !== undefined || subject.kind !== 'server')) {
    return { can: true, says: `${label} exists, and there are no users to deny it to`, from: source };
  }
  return { can: undefined, says: `who may run ${label} is not visible`, from: 'ACL LIST' };
}

/** By his own rules, or by those of a selector. */
export function mayRun(user: AclUser, command: string): boolean {
  return user.all || permits(user, command) || user.selectors.some((one) => permits(one, command));
}

/** Rules hold from left to right, the last one that names the command wins. */
function permits({ commandRules, all }: AclRights, command: string): boolean {
  if (all) return true;
  const name = command.split('|')[0];
  let may = false;
  for (const rule of commandRules.map((one) => one.toLowerCase())) {
    if (rule === 'allcommands') may = true;
    else if (rule === 'nocommands') may = false;
    else if (matches(rule.slice(1), command, name)) may = rule.startsWith('+');
  }
  return may;
}

function matches(what: string, command: string, name: string | undefined): boolean {
  if (!what.startsWith('@')) return what === command || what === name;
  return what === '@all' || (CATEGORIES[command] ?? []).includes(what.slice(1));
}
