import type { InventoryReader, ListedServer } from './inventory.ts';
import { at, list, port, text } from './json-shapes.ts';

/**
 * `gcloud redis instances list --format json` and `gcloud redis clusters list --format json`. Field names: the REST
 * resources Instance and Cluster of Memorystore for Redis.
 */
export const readGoogle: InventoryReader = (document) => {
  const ours = list(document).filter((one) =>
    /^projects\/[^/]{1,100}\/locations\//.test(text(at(one, 'name'))),
  );
  if (ours.length === 0) return undefined;
  return { servers: ours.flatMap(instance), notes: [] };
};

function instance(item: unknown): ListedServer[] {
  const name = text(at(item, 'name'));
  // SERVER_AUTHENTICATION; of clusters TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION.
  const tls = text(at(item, 'transitEncryptionMode')).endsWith('SERVER_AUTHENTICATION');
  const server = (host: unknown, number: unknown): ListedServer[] => {
    const found = port(number);
    return text(host) === '' || found === undefined ? [] : [{ host: text(host), port: found, tls, name }];
  };
  return [
    ...server(at(item, 'host'), at(item, 'port')),
    ...server(at(item, 'readEndpoint'), at(item, 'readEndpointPort')),
    ...list(at(item, 'discoveryEndpoints')).flatMap((one) => server(at(one, 'address'), at(one, 'port'))),
  ];
}
