import type { ServerFacts } from '../server-facts.ts';
import { branchStatus } from './branch-status.ts';
import type { BuiltBy } from './built-by.ts';
import { mayRun } from './command-rights.ts';
import type { FlawVerdict } from './flaw-verdict.ts';
import { compareVersions, parseVersion } from './version.ts';
import type { VulnerabilityData } from './vulnerability-data.ts';

/** What to install, exactly, and what to take away until then; one line a step. */
export function upgradeAdvice(
  data: VulnerabilityData,
  facts: ServerFacts,
  built: BuiltBy,
  flaws: readonly FlawVerdict[],
): string {
  return [...upgrade(data, facts, built), ...meanwhile(facts, flaws)].join('\n');
}

function upgrade(data: VulnerabilityData, { engine }: ServerFacts, built: BuiltBy): string[] {
  if (engine?.comparable === undefined || engine.parsed === undefined) return [];
  if (built.by === 'provider') return [`Ask ${built.provider} for its newest version of this service`];
  if (built.by === 'debian') {
    const { build, newer } = built.package;
    const target = newer === undefined ? 'the newest of its release' : `${newer.debian_version} or later`;
    return [
      `It is Debian's ${build.package} ${build.debian_version}: upgrade to ${target}`,
      `apt-get update && apt-get install --only-upgrade ${build.package}-server, then restart it`,
    ];
  }
  const { branch, ended, latest, next, newest } = branchStatus(data, engine.comparable, engine.parsed);
  const newestOfBranch = latest === undefined ? undefined : parseVersion(latest);
  const isNewest = newestOfBranch !== undefined && compareVersions(engine.parsed, newestOfBranch) >= 0;
  const package_ =
    built.by === 'distribution'
      ? ['Ask the package manager what it fixed: apt-get changelog redis-server, or rpm -q --changelog redis']
      : [];
  if (!ended && isNewest) {
    return [
      ...package_,
      `${engine.version} is the newest of branch ${branch} that this data knows: watch for the next one`,
    ];
  }
  const target = ended ? (next ?? newest) : (latest ?? newest);
  const why = ended ? ` (branch ${branch} gets no fixes any more; the newest of all is ${newest})` : '';
  return [...package_, `Upgrade to ${engine.comparable} ${target} or later${why}`];
}

/** Rules that take away what a need asks for: since Redis 6, and before. */
const TAKEN_BY: Readonly<Record<string, readonly [acl: string, rename: readonly string[]]>> = {
  lua: ['-@scripting', ['EVAL', 'EVALSHA', 'SCRIPT']],
  'lua-debug': ['-@scripting', ['EVAL', 'EVALSHA', 'SCRIPT']],
  restore: ['-restore', ['RESTORE']],
  'config-set': ['-config', ['CONFIG']],
  'acl-setuser': ['-acl', []],
  'command:stralgo': ['-stralgo', ['STRALGO']],
  'command:xackdel': ['-xackdel', []],
};

const OTHER_STEPS: Readonly<Record<string, string>> = {
  'cluster-bus': 'Let only the nodes of the cluster reach the bus port (port + 10000)',
  'tls-port enabled': 'Let only known addresses reach the TLS port',
  'maxmemory-clients or client eviction': 'redis-cli CONFIG SET maxmemory-clients 0',
  'replica-read-only no': 'redis-cli CONFIG SET replica-read-only yes',
};

const MOST_USERS = 5;

function meanwhile(facts: ServerFacts, flaws: readonly FlawVerdict[]): string[] {
  const open = flaws.filter(({ verdict }) => verdict === 'reachable' || verdict === 'version-only');
  const needs = [...new Set(open.flatMap((flaw) => flaw.needs))];
  const taken = needs.flatMap((need) => (Object.hasOwn(TAKEN_BY, need) ? [TAKEN_BY[need] ?? []] : []));
  const rules = [...new Set(taken.flatMap(([rule]) => rule ?? []))];
  const steps = needs.flatMap((need) => (Object.hasOwn(OTHER_STEPS, need) ? [OTHER_STEPS[need] ?? ''] : []));
  const nobody = open.some(({ auth }) => auth.startsWith('none'))
    ? ['Some need no login: let only known addresses reach the port']
    : [];
  return [
    ...acl(
      facts,
      rules,
      taken.flatMap(([, names]) => names ?? []),
    ),
    ...steps,
    ...nobody,
  ];
}

function acl(facts: ServerFacts, rules: readonly string[], names: readonly string[]): string[] {
  if (rules.length === 0) return [];
  if (facts.engine?.parsed !== undefined && facts.engine.parsed[0] < 6) {
    const lines = [...new Set(names)].map((name) => `rename-command ${name} ""`);
    return [`Until then, in redis.conf: ${lines.join(' and ')}`];
  }
  const able = (facts.users ?? []).filter((user) => user.on && NEEDED.some((one) => mayRun(user, one)));
  // A name that would need quoting is left to the operator.
  const users = able.map(({ name }) => name).filter((name) => /^[\w.-]{1,64}$/.test(name));
  const targets = users.length === 0 ? ['default'] : users.slice(0, MOST_USERS);
  const more = users.length > MOST_USERS ? [`and for ${users.length - MOST_USERS} more users alike`] : [];
  return [...targets.map((user) => `Until then: redis-cli ACL SETUSER ${user} ${rules.join(' ')}`), ...more];
}

const NEEDED = ['eval', 'restore', 'config|set', 'acl|setuser'];
