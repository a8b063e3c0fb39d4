import type { RdbRecord } from '../../dump/rdb-record.ts';
import type { Directive } from '../../dump/read-redis-conf.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { FactPart, FunctionLibrary, LoadedModule, ServerFacts } from '../server-facts.ts';
import type { Subject } from '../subject.ts';
import { identifyEngine } from '../vulnerable/server-version.ts';
import { confCommands } from './conf-commands.ts';
import { confSettings } from './conf-settings.ts';
import { usersOf, usersOfAclFile, usersOfConf } from './conf-users.ts';
import type { ConfSubject } from './read-conf-subject.ts';

/** What the files tell beside the data. */
export interface FileMaterial {
  /** Undefined when no redis.conf is there. */
  readonly directives: readonly Directive[] | undefined;
  /** Lines of ACL files, undefined when there is none. */
  readonly aclLines: readonly ByteString[] | undefined;
  readonly incomplete: ConfSubject['incomplete'];
  /** A dump or an append-only file is there. */
  readonly data: boolean;
  /** What stands in front of the keys. */
  readonly aux: ReadonlyMap<ByteString, ByteString>;
  readonly libraries: readonly FunctionLibrary[];
  readonly modules: readonly string[];
}

/** Names of AUX fields, and of INFO for the same. */
const INFO_NAMES: Readonly<Record<string, string>> = {
  'redis-ver': 'redis_version',
  'valkey-ver': 'valkey_version',
  'redis-bits': 'arch_bits',
  'used-mem': 'used_memory',
  'repl-id': 'master_replid',
  'repl-offset': 'master_repl_offset',
};

const MOST_MODULES = 200;
/** It comes with Redis 8 and is no module of anybody's. */
const BUILT_IN = new Set(['vectorset']);

export function fileFacts(subject: Subject, material: FileMaterial): ServerFacts {
  const { directives, incomplete, libraries, data } = material;
  const info = infoOf(material);
  const modules = modulesOf(material);
  return {
    subject,
    address: '',
    openWithoutLogin: undefined,
    tls: undefined,
    info,
    engine: info?.has('redis_version') === true ? identifyEngine(info) : undefined,
    settings:
      directives === undefined ? undefined : confSettings(directives, incomplete.settings === undefined),
    user: undefined,
    users: users(material),
    modules,
    libraries: data ? libraries : undefined,
    commands:
      directives === undefined || incomplete.settings !== undefined ? undefined : confCommands(directives),
    permitted: undefined,
    slowCalls: undefined,
    deniedCalls: undefined,
    clients: undefined,
    otherPorts: undefined,
    hidden: new Map<FactPart, string>([
      ['info', data ? 'a dump does not tell it' : 'no dump was given'],
      ['settings', 'no redis.conf was given'],
      ['users', incomplete.users ?? 'neither redis.conf nor an ACL file was given'],
      ['modules', 'no redis.conf was given'],
      ['commands', incomplete.settings ?? 'no redis.conf was given'],
      ['libraries', 'no dump was given'],
      ['code', 'no dump was given'],
      ...NOT_IN_FILES.map((part): [FactPart, string] => [part, 'only a running server tells']),
    ]),
    refused: [],
  };
}

const NOT_IN_FILES: readonly FactPart[] = [
  'permitted',
  'slowCalls',
  'deniedCalls',
  'clients',
  'tls',
  'otherPorts',
  'sentinel',
];

/** Who is a replica says so in its configuration. */
function infoOf({ data, aux, directives }: FileMaterial): ReadonlyMap<string, ByteString> | undefined {
  const master = directives?.findLast(({ name }) => name === 'replicaof' || name === 'slaveof')?.args;
  const replica = master !== undefined && master[0]?.toLowerCase() !== 'no' ? master : undefined;
  if (!data && replica === undefined) return undefined;
  const info = new Map<string, ByteString>();
  for (const [name, value] of aux) {
    const known = INFO_NAMES[name];
    if (known !== undefined) info.set(known, value.slice(0, 256));
  }
  // Valkey writes its version alone; who asks it for that of Redis gets this one.
  if (info.has('valkey_version') && !info.has('redis_version')) info.set('redis_version', '7.2.4');
  if (replica !== undefined) {
    info.set('role', 'slave');
    info.set('master_host', (replica[0] ?? '').slice(0, 256));
    info.set('master_port', (replica[1] ?? '').slice(0, 16));
  }
  return info;
}

/** Nobody is called open to everybody because of a file that could not be read. */
function users({ directives, aclLines, incomplete }: FileMaterial): ServerFacts['users'] {
  if (incomplete.users !== undefined) return undefined;
  if (aclLines !== undefined) return usersOf(usersOfAclFile(aclLines));
  return directives === undefined ? undefined : usersOf(usersOfConf(directives));
}

/** What the configuration loads, and what has left data in the dump. */
function modulesOf({ directives, modules }: FileMaterial): readonly LoadedModule[] | undefined {
  const loaded = (directives ?? []).flatMap(({ name, args: [path] }): LoadedModule[] =>
    name === 'loadmodule' && path !== undefined
      ? [
          {
            name: path.slice(path.lastIndexOf('/') + 1).slice(0, 256),
            version: 0,
            path: path.slice(0, 4_096),
          },
        ]
      : [],
  );
  const left = modules
    .filter((name) => !BUILT_IN.has(name))
    .map((name): LoadedModule => ({ name, version: 0, path: undefined }));
  if (directives === undefined && left.length === 0) return undefined;
  return [...loaded, ...left].slice(0, MOST_MODULES);
}

/** Gathers what is no key while a file is read. */
export function createSideNotes(): {
  readonly take: (record: RdbRecord) => void;
  readonly dropLibrary: (name: ByteString) => void;
  readonly aux: Map<ByteString, ByteString>;
  readonly libraries: FunctionLibrary[];
  readonly modules: Set<string>;
} {
  const aux = new Map<ByteString, ByteString>();
  const libraries: FunctionLibrary[] = [];
  const modules = new Set<string>();
  return {
    aux,
    libraries,
    modules,
    dropLibrary: (name) => {
      const at = libraries.findIndex((one) => one.name === name);
      if (at >= 0) libraries.splice(at, 1);
    },
    take: (record) => {
      if (record.kind === 'aux' && aux.size < 1_000) aux.set(record.name.slice(0, 64), record.value);
      else if (record.kind === 'library' && libraries.length < MOST_MODULES)
        libraries.push({ name: record.name, code: record.code });
      else if (record.kind === 'module' && modules.size < MOST_MODULES) modules.add(record.name);
    },
  };
}
