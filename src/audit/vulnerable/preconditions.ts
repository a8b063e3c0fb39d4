import type { ServerFacts } from '../server-facts.ts';
import type { Vulnerability } from './vulnerability-data.ts';

/** `met`: an attacker with access can reach it; `unmet`: not as this server is set up; `unseen`: it would not say. */
export type Precondition = 'met' | 'unmet' | 'unseen';

type Test = (facts: ServerFacts) => boolean | undefined;

/** The words of `needs_glossary` in data/redis-cves.json, as questions to what the server said. */
const NEEDS: Readonly<Record<string, Test>> = {
  lua: (facts) => usable(facts, 'eval'),
  'lua-debug': (facts) => usable(facts, 'eval'),
  restore: (facts) => usable(facts, 'restore'),
  'config-set': (facts) => usable(facts, 'config'),
  'acl-setuser': ({ permitted }) => permitted?.has('acl'),
  'cluster-bus': ({ info }) => info && info.get('cluster_enabled') === '1',
  'cluster-enabled': ({ info }) => info && info.get('cluster_enabled') === '1',
  'tls-port enabled': ({ settings, subject }) =>
    subject.tls || (settings && (settings.get('tls-port') ?? '0') !== '0'),
  '32bit': ({ info }) => info && info.get('arch_bits') === '32',
  module: ({ modules }) => modules && modules.length > 0,
  'module:bf': (facts) => hasModule(facts, 'bf'),
  'module:search': (facts) => hasModule(facts, 'search'),
  'module:timeseries': (facts) => hasModule(facts, 'timeseries'),
  'command:stralgo': ({ commands }) => commands?.has('stralgo'),
  'command:xackdel': ({ commands }) => commands?.has('xackdel'),
  'other-allocator': ({ info }) => info && !/^(jemalloc|libc)/.test(info.get('mem_allocator') ?? 'libc'),
  'unix-socket': ({ settings }) => settings && (settings.get('unixsocket') ?? '') !== '',
  'maxmemory-clients or client eviction': ({ settings }) =>
    settings && (settings.get('maxmemory-clients') ?? '0') !== '0',
  replica: ({ info }) => info && info.get('role') === 'slave',
  'replica-read-only no': ({ settings }) => settings && settings.get('replica-read-only') === 'no',
  'auth-enabled, no mTLS': ({ openWithoutLogin }) => !openWithoutLogin,
  streams: () => true,
  hyperloglog: () => true,
  replication: () => true,
  'client-kill': () => true,
  'acl-key-rules': () => undefined,
  // What only somebody with an account on the host, or beside the victim, can bring about.
  'local-user': () => false,
  'local-file-write': () => false,
  'attacker-controlled RDB': () => false,
  'windows-port': () => false,
  'debian-or-ubuntu-package': () => undefined,
  'victim browser on the same network': () => undefined,
};

/** Words that are understood, so that a test can hold the data file to them. */
export const KNOWN_NEEDS: readonly string[] = Object.keys(NEEDS);

export function preconditionOf({ precondition }: Vulnerability, facts: ServerFacts): Precondition {
  if (precondition.auth === 'local' || precondition.auth === 'malicious-server') return 'unmet';
  const answers = precondition.needs.map((need) =>
    Object.hasOwn(NEEDS, need) ? NEEDS[need]?.(facts) : undefined,
  );
  if (answers.includes(false)) return 'unmet';
  return answers.includes(undefined) ? 'unseen' : 'met';
}

function usable({ commands, permitted }: ServerFacts, command: string): boolean | undefined {
  if (commands?.has(command) === false) return false;
  if (permitted !== undefined) return permitted.has(command);
  return commands === undefined ? undefined : true;
}

function hasModule({ modules }: ServerFacts, name: string): boolean | undefined {
  return modules?.some((module) => module.name.toLowerCase() === name);
}
