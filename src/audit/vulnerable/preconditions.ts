import type { ServerFacts } from '../server-facts.ts';
import { rightTo } from './command-rights.ts';

/**
 * `met`: who has access can reach it; `denied`: the command is renamed, removed or taken from every user; `unmet`: an
 * option, a module or a role is missing; `unseen`: the server would not say.
 */
export interface Precondition {
  readonly answer: 'met' | 'denied' | 'unmet' | 'unseen';
  /** Safe to print. */
  readonly says: string;
  /** The question that told. */
  readonly from: string;
}

type Test = (facts: ServerFacts) => Precondition;

/** An option or a state: yes, no, or not visible. */
function state(from: string, label: string, read: (facts: ServerFacts) => boolean | undefined): Test {
  return (facts) => {
    const is = read(facts);
    if (is === undefined) return { answer: 'unseen', says: `${label}: not visible`, from };
    return { answer: is ? 'met' : 'unmet', says: `${label}: ${is ? 'yes' : 'no'}`, from };
  };
}

function always(says: string): Test {
  return () => ({ answer: 'met', says, from: 'INFO server' });
}

/** Usable as soon as one of these commands is. */
function command(...names: readonly string[]): Test {
  return (facts) => {
    const rights = names.map((name) => rightTo(facts, name));
    const told =
      rights.find(({ can }) => can === true) ?? rights.find(({ can }) => can === undefined) ?? rights[0];
    const answer = told?.can === true ? 'met' : told?.can === undefined ? 'unseen' : 'denied';
    return { answer, says: told?.says ?? '', from: told?.from ?? '' };
  };
}

/** Only somebody on the host, or beside the victim, can bring it about. */
function elsewhere(says: string): Test {
  return () => ({ answer: 'unmet', says, from: 'the record' });
}

function unreadable(says: string): Test {
  return () => ({ answer: 'unseen', says: `${says}: not visible from outside`, from: 'the record' });
}

/** The fields of INFO that a server always prints, when it is asked and not read from a dump. */
function field(name: string, wanted: string): (facts: ServerFacts) => boolean | undefined {
  return ({ info, subject }) => {
    const value = info?.get(name);
    if (value !== undefined) return value === wanted;
    return info !== undefined && subject.kind === 'server' && info.size > FEW_FIELDS ? false : undefined;
  };
}

/** A reply of INFO server alone, or the AUX fields of a dump, have fewer. */
export const FEW_FIELDS = 40;

/** Also what only loads: several flaws are in the parser. */
const lua = command(
  'eval',
  'eval_ro',
  'evalsha',
  'evalsha_ro',
  'fcall',
  'fcall_ro',
  'script|load',
  'function|load',
);
const cluster = field('cluster_enabled', '1');

/** The words of `needs_glossary` in data/redis-cves.json, as questions to what the server said. */
const NEEDS: Readonly<Record<string, Test>> = {
  lua,
  'lua-debug': lua,
  restore: command('restore'),
  'config-set': command('config|set'),
  'acl-setuser': command('acl|setuser'),
  'command:stralgo': command('stralgo'),
  'command:xackdel': command('xackdel'),
  // That we do not reach the bus from here is no proof that nobody does.
  'cluster-bus': state('INFO cluster', 'cluster mode, with a bus that can be reached', (facts) =>
    cluster(facts) === true && facts.otherPorts?.get('bus') === false ? undefined : cluster(facts),
  ),
  'cluster-enabled': state('INFO cluster', 'cluster mode', cluster),
  'tls-port enabled': state(
    'CONFIG GET tls-port',
    'TLS',
    ({ settings, subject }) => subject.tls || (settings && (settings.get('tls-port') ?? '0') !== '0'),
  ),
  '32bit': state('INFO server', 'a 32-bit build', field('arch_bits', '32')),
  module: state('MODULE LIST', 'a module is loaded', ({ modules }) => modules && modules.length > 0),
  'module:bf': module('bf'),
  'module:search': module('search'),
  'module:timeseries': module('timeseries'),
  'other-allocator': state('INFO memory', 'neither jemalloc nor glibc allocates', ({ info }) => {
    const allocator = info?.get('mem_allocator');
    return allocator === undefined ? undefined : !/^(jemalloc|libc)/.test(allocator.slice(0, 20));
  }),
  'unix-socket': state(
    'CONFIG GET unixsocket',
    'a Unix socket',
    ({ settings }) => settings && (settings.get('unixsocket') ?? '') !== '',
  ),
  'maxmemory-clients or client eviction': state(
    'CONFIG GET maxmemory-clients',
    'clients are evicted',
    ({ settings }) => settings && (settings.get('maxmemory-clients') ?? '0') !== '0',
  ),
  replica: state('INFO replication', 'it is a replica', ({ info }) => {
    const role = info?.get('role');
    return role === undefined ? undefined : role === 'slave';
  }),
  'replica-read-only no': state('CONFIG GET replica-read-only', 'a writable replica', ({ settings }) => {
    const value = settings?.get('replica-read-only');
    return value === undefined ? undefined : value === 'no';
  }),
  'auth-enabled, no mTLS': state(
    'PING before any login',
    'it asks for a login',
    ({ openWithoutLogin, settings }) => {
      if (openWithoutLogin === undefined) return undefined;
      const certificateFirst = settings?.get('tls-auth-clients') === 'yes' && settings.get('port') === '0';
      return !openWithoutLogin && !certificateFirst;
    },
  ),
  'acl-key-rules': state('ACL LIST', 'a user is limited to some keys', ({ users, engine }) => {
    if (users !== undefined) return users.some(({ on, allKeys }) => on && !allKeys);
    return engine?.parsed !== undefined && engine.parsed[0] < 6 ? false : undefined;
  }),
  streams: always('every server has streams'),
  hyperloglog: always('every server has HyperLogLog'),
  replication: always('every server takes replicas'),
  'client-kill': always('every server has CLIENT KILL'),
  'local-user': elsewhere('it takes an account on the host'),
  'local-file-write': elsewhere('it takes an account on the host'),
  'attacker-controlled RDB': elsewhere('it takes a dump file that somebody put there'),
  'windows-port': elsewhere('it is a flaw of the Windows port'),
  'debian-or-ubuntu-package': always('it is a package of Debian or Ubuntu'),
  'victim browser on the same network': unreadable('a browser beside it'),
  'tls-auth-clients-user CN': unreadable('login by certificate'),
  'RDMA build and listener': unreadable('RDMA'),
};

function module(name: string): Test {
  return state('MODULE LIST', `the module ${name} is loaded`, ({ modules }) =>
    modules?.some((loaded) => loaded.name.toLowerCase() === name),
  );
}

/** Words that are understood, so that a test can hold the data file to them. */
export const KNOWN_NEEDS: readonly string[] = Object.keys(NEEDS);

/** All of them have to be met; the first that is not decides. */
export function preconditionOf(needs: readonly string[], facts: ServerFacts): Precondition {
  const answers = needs.map((need): Precondition => {
    const test = Object.hasOwn(NEEDS, need) ? NEEDS[need] : undefined;
    return test?.(facts) ?? { answer: 'unseen', says: `${need}: not understood`, from: 'the record' };
  });
  const decisive =
    answers.find(({ answer }) => answer === 'unmet') ??
    answers.find(({ answer }) => answer === 'denied') ??
    answers.find(({ answer }) => answer === 'unseen');
  if (decisive !== undefined) return decisive;
  return {
    answer: 'met',
    says: answers.map(({ says }) => says).join('; ') || 'it needs nothing else',
    from: [...new Set(answers.map(({ from }) => from))].join(', ') || 'INFO server',
  };
}
