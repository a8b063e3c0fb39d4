import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import type { Version } from './version.ts';
import { candidateOf, parseVersion } from './version.ts';

export type { Version } from './version.ts';
export { compareVersions, parseVersion } from './version.ts';

/** What runs behind the protocol. Many engines print a `redis_version` for compatibility. */
export interface Engine {
  readonly name: string;
  /** Safe to print. */
  readonly version: string;
  /** Undefined for what is no release: other words, or the unstable branch (255.255.255). */
  readonly parsed: Version | undefined;
  /** Redis itself or Valkey: engines whose version says which flaws they have. */
  readonly comparable: 'redis' | 'valkey' | undefined;
}

/** Fields by which the kin of Redis name themselves in INFO server (data/redis-cves.json, engine_identification). */
const OWN_FIELDS: readonly (readonly [field: string, name: string])[] = [
  ['dragonfly_version', 'dragonfly'],
  ['kvrocks_version', 'kvrocks'],
  ['garnet_version', 'garnet'],
  ['rlec_version', 'redis-enterprise'],
  ['upstash_version', 'upstash'],
  ['keydb_version', 'keydb'],
  ['memurai_version', 'memurai'],
  ['pika_version', 'pika'],
];

/** What the operating system is called where the provider writes its own name. */
const OS_NAMES: readonly (readonly [part: RegExp, name: string])[] = [
  [/amazon memorydb/i, 'memorydb'],
  [/amazon|elasticache/i, 'elasticache'],
  [/microsoft|windows/i, 'redis-windows'],
];

/** Who answers, by INFO server (or the AUX fields of a dump under the same names). */
export function identifyEngine(info: ReadonlyMap<string, ByteString>): Engine {
  const version = info.get('redis_version') ?? '';
  const os = (info.get('os') ?? '').slice(0, 80);
  for (const [field, name] of OWN_FIELDS) {
    const found = info.get(field);
    if (found !== undefined) return engine(name, found, undefined);
  }
  const cloud = OS_NAMES.find(([part]) => part.test(os));
  const valkey = info.get('valkey_version');
  if (cloud !== undefined) return engine(cloud[1], valkey ?? version, undefined);
  const executable = (info.get('executable') ?? '').slice(-256);
  if (info.has('mvcc_depth') || executable.endsWith('keydb-server'))
    return engine('keydb', version, undefined);
  if (executable.endsWith('kvrocks')) return engine('kvrocks', info.get('version') ?? version, undefined);
  if (valkey !== undefined || info.get('server_name') === 'valkey') {
    const stage = info.get('valkey_release_stage') ?? 'ga';
    return engine(
      'valkey',
      stage.startsWith('rc') ? `${valkey ?? version}-${stage}` : (valkey ?? version),
      'valkey',
    );
  }
  return engine('redis', version, 'redis');
}

function engine(name: string, version: ByteString, comparable: Engine['comparable']): Engine {
  const parsed = parseVersion(version);
  return {
    name,
    version: printable(version, 40),
    parsed:
      parsed === undefined || parsed[0] >= 255
        ? undefined
        : ((comparable === 'redis' ? candidateOf(parsed) : undefined) ?? parsed),
    comparable,
  };
}
