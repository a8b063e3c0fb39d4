import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';

/** Major, minor and patch; what is missing is 0. */
export type Version = readonly [number, number, number];

/** What runs behind the protocol. Many engines print a `redis_version` for compatibility. */
export interface Engine {
  readonly name: string;
  /** Safe to print. */
  readonly version: string;
  readonly parsed: Version | undefined;
  /** Redis itself or Valkey: engines whose version says which flaws they have. */
  readonly comparable: 'redis' | 'valkey' | undefined;
}

/** `7.0.15`, `8.2-rc1`; undefined when it does not begin with two numbers. */
export function parseVersion(text: string): Version | undefined {
  const parts = /^(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?/.exec(text.slice(0, 40));
  if (parts === null) return undefined;
  return [Number(parts[1]), Number(parts[2] ?? 0), Number(parts[3] ?? 0)];
}

export function compareVersions(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** Fields by which the kin of Redis name themselves in INFO server (data/redis-cves.json, engine_identification). */
const OTHER_ENGINES: readonly (readonly [string, string])[] = [
  ['dragonfly_version', 'dragonfly'],
  ['kvrocks_version', 'kvrocks'],
  ['garnet_version', 'garnet'],
  ['rlec_version', 'redis-enterprise'],
  ['keydb_version', 'keydb'],
];

export function identifyEngine(info: ReadonlyMap<string, ByteString>): Engine {
  const version = info.get('redis_version') ?? '';
  const valkey = info.get('valkey_version');
  if (valkey !== undefined || info.get('server_name') === 'valkey') {
    return engine('valkey', valkey ?? version, 'valkey');
  }
  for (const [field, name] of OTHER_ENGINES) {
    const found = info.get(field);
    if (found !== undefined) return engine(name, found, undefined);
  }
  const os = info.get('os') ?? '';
  const executable = info.get('executable') ?? '';
  if (info.has('mvcc_depth') || executable.endsWith('keydb-server'))
    return engine('keydb', version, undefined);
  if (executable.endsWith('kvrocks')) return engine('kvrocks', version, undefined);
  if (/amazon|elasticache/i.test(os.slice(0, 80))) return engine('aws', version, undefined);
  if (/microsoft|windows/i.test(os.slice(0, 80))) return engine('redis-windows', version, undefined);
  return engine('redis', version, 'redis');
}

function engine(name: string, version: ByteString, comparable: Engine['comparable']): Engine {
  return { name, version: printable(version, 40), parsed: parseVersion(version), comparable };
}
