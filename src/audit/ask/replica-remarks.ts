import { isIP } from 'node:net';
import type { ByteString } from '../../model/bytes.ts';

export interface ReplicaAddress {
  readonly host: string;
  readonly port: number;
}

const MOST_REPLICAS = 100;

/** The replicas that a primary lists in INFO replication as online; hosts hold no character that a shell reads. */
export function replicasOf(info: ReadonlyMap<string, ByteString> | undefined): ReplicaAddress[] {
  if (info?.get('role') !== 'master') return [];
  const replicas: ReplicaAddress[] = [];
  for (let at = 0; at < MOST_REPLICAS; at++) {
    const line = info.get(`slave${at}`)?.slice(0, 512);
    if (line === undefined) break;
    const fields = new Map(line.split(',').map((pair) => splitAtEquals(pair)));
    const [host = '', port] = [fields.get('ip'), Number(fields.get('port'))];
    const online = fields.get('state') === 'online';
    if (online && isHost(host) && Number.isInteger(port) && port > 0 && port <= 65_535)
      replicas.push({ host, port });
  }
  return replicas;
}

/** What the operator can do to spare a primary; empty when there is no replica. */
export function replicaRemarks(info: ReadonlyMap<string, ByteString> | undefined, tls: boolean): string[] {
  const [replica] = replicasOf(info);
  if (replica === undefined) return [];
  const { host, port } = replica;
  const place = isIP(host) === 6 ? `[${host}]` : host;
  return [
    `its replica was not asked instead: to spare this primary the reads, run sundew audit ${tls ? 'rediss' : 'redis'}://${place}:${port}, or --prefer-replica`,
  ];
}

export function isHost(text: string): boolean {
  return (
    text.length <= 253 && (isIP(text) !== 0 || /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$/.test(text))
  );
}

function splitAtEquals(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
