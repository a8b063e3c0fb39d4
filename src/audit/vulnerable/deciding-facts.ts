import type { ByteString } from '../../model/bytes.ts';
import type { ReadableSetting } from '../ask/allowed.ts';
import type { ServerFacts } from '../server-facts.ts';
import { FEW_FIELDS } from './preconditions.ts';

/** What preconditions read of INFO. The first two are always printed by a server that prints all of it. */
const STATES = ['cluster_enabled', 'arch_bits'];
const OTHER_FIELDS = ['mem_allocator', 'role'];
const SETTINGS: readonly ReadableSetting[] = [
  'tls-port',
  'unixsocket',
  'maxmemory-clients',
  'replica-read-only',
  'tls-auth-clients',
  'port',
];

/**
 * The facts that decide about flaws, and nothing that is of one server alone: the servers of a fleet have few of these,
 * so that what they amount to is told once. Judging gets only these, and cannot read what would not be compared.
 */
export function decidingFacts(facts: ServerFacts): ServerFacts {
  const { subject, info, settings, modules, otherPorts } = facts;
  return {
    subject: { kind: subject.kind, text: '', host: '', port: 0, tls: subject.tls },
    address: '',
    openWithoutLogin: facts.openWithoutLogin,
    tls: undefined,
    info: info && fieldsOf(info, subject.kind === 'server' && info.size > FEW_FIELDS),
    engine: facts.engine,
    settings: settings && only(settings, SETTINGS),
    user: facts.user,
    users: facts.users,
    modules: modules?.map(({ name, version }) => ({ name, version, path: undefined })),
    libraries: undefined,
    commands: facts.commands,
    permitted: facts.permitted,
    slowCalls: undefined,
    deniedCalls: undefined,
    clients: undefined,
    otherPorts: otherPorts && only(otherPorts, ['bus']),
    hidden: NOTHING,
    refused: [],
  };
}

const NOTHING: ServerFacts['hidden'] = new Map();

/** A state that a whole INFO does not print is off. */
function fieldsOf(info: ReadonlyMap<string, ByteString>, isWhole: boolean): ReadonlyMap<string, ByteString> {
  const found = new Map<string, ByteString>();
  for (const name of STATES) {
    const value = info.get(name) ?? (isWhole ? '' : undefined);
    if (value !== undefined) found.set(name, value);
  }
  for (const name of OTHER_FIELDS) {
    const value = info.get(name);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

function only<Key, Value>(all: ReadonlyMap<Key, Value>, keys: readonly Key[]): ReadonlyMap<Key, Value> {
  const found = new Map<Key, Value>();
  for (const key of keys) {
    const value = all.get(key);
    if (value !== undefined) found.set(key, value);
  }
  return found;
}

/** The same text for facts that decide the same. What is hidden at little depth is left out: most of it. */
export function textOfFacts(facts: ServerFacts): string {
  const { subject, openWithoutLogin, info, engine, user } = facts;
  const shown = [
    [subject.kind, subject.tls, openWithoutLogin, engine?.name, engine?.version, engine?.comparable, user],
    info && [...info],
  ];
  const { settings, users, modules, commands, permitted, otherPorts } = facts;
  const parts = [
    settings && [...settings],
    users,
    modules,
    commands && [...commands],
    permitted && [...permitted],
    otherPorts && [...otherPorts],
  ];
  return JSON.stringify(parts.some((part) => part !== undefined) ? [shown, parts] : shown);
}
