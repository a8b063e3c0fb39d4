import type { InventoryReader, ListedServer } from './inventory.ts';
import { at, list, port, text } from './json-shapes.ts';

/**
 * `az redis list`, and `az redisenterprise list` with its databases. Field names: RedisResource and RedisEnterprise
 * Cluster of the Azure REST API.
 */
export const readAzure: InventoryReader = (document) => {
  const all = list(document);
  const ours = all.filter((one) => at(one, 'hostName') !== undefined);
  if (ours.length === 0) return undefined;
  return { servers: ours.flatMap(cache), notes: [] };
};

function cache(item: unknown): ListedServer[] {
  const host = text(at(item, 'hostName'));
  const name = text(at(item, 'name'));
  if (host === '') return [];
  const databases = list(at(item, 'databases'));
  if (databases.length > 0) {
    return databases.flatMap((one) => {
      const number = port(at(one, 'port'));
      const tls = text(at(one, 'clientProtocol')) !== 'Plaintext';
      return number === undefined ? [] : [{ host, port: number, tls, name }];
    });
  }
  const encrypted = port(at(item, 'sslPort'));
  const plain = port(at(item, 'port'));
  return [
    ...(encrypted === undefined ? [] : [{ host, port: encrypted, tls: true, name }]),
    ...(plain !== undefined && at(item, 'enableNonSslPort') === true
      ? [{ host, port: plain, tls: false, name }]
      : []),
  ];
}
