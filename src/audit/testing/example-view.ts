import type { AclUser } from '../ask/acl-user.ts';
import type { AuditView } from '../check.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { VulnerabilityData } from '../vulnerable/vulnerability-data.ts';
import { newWalk } from '../walk/walk-data.ts';

const NOTHING_KNOWN: VulnerabilityData = {
  schema: 'redis-cves/1',
  as_of: '2026-10-01',
  latest_releases_seen: { redis: {}, valkey: {} },
  cves: [],
  advisories_without_cve: [],
  debian_builds: [],
};

/** For tests of checks: a server of which nothing is visible, but for what is given. */
export function exampleFacts(given: Partial<ServerFacts> = {}): ServerFacts {
  return {
    subject: { kind: 'server', text: 'redis://192.0.2.7:6379', host: '192.0.2.7', port: 6_379, tls: false },
    address: '192.0.2.7',
    openWithoutLogin: false,
    tls: undefined,
    info: undefined,
    engine: undefined,
    settings: undefined,
    user: undefined,
    users: undefined,
    modules: undefined,
    libraries: undefined,
    commands: undefined,
    permitted: undefined,
    slowCalls: undefined,
    deniedCalls: undefined,
    clients: undefined,
    otherPorts: undefined,
    hidden: new Map(),
    refused: [],
    ...given,
  };
}

export function exampleUser(given: Partial<AclUser> = {}): AclUser {
  return {
    name: 'default',
    on: true,
    nopass: false,
    all: true,
    passwords: 1,
    weakPasswords: 0,
    allKeys: true,
    allChannels: true,
    commandRules: ['+@all'],
    selectors: [],
    ...given,
  };
}

export function exampleView(given: Partial<AuditView> = {}): AuditView {
  return {
    facts: exampleFacts(),
    depth: 'L4',
    walk: newWalk(),
    ruleHits: [],
    learnt: [],
    signs: [],
    campaigns: [],
    campaignKeys: [],
    leaks: [],
    certificatesWithKey: [],
    vulnerabilities: NOTHING_KNOWN,
    now: Date.UTC(2026, 10, 1),
    ...given,
  };
}
