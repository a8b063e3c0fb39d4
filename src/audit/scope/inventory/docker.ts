import type { InventoryReader, ListedServer } from './inventory.ts';
import { at, fields, list, port, text } from './json-shapes.ts';
import { isRedisPort, isRedisWord } from './redis-look.ts';

/**
 * `docker inspect $(docker ps -q)`: published ports on this machine, else the address inside the container's network.
 * Field names: ContainerInspect of the Docker Engine API.
 */
export const readDocker: InventoryReader = (document) => {
  const ours = list(document).filter((one) => at(one, 'NetworkSettings') !== undefined);
  if (ours.length === 0) return undefined;
  const all = ours.map(container);
  const closed = all.filter(({ redis, servers }) => redis && servers.length === 0).length;
  return {
    servers: all.flatMap(({ servers }) => servers),
    notes:
      closed === 0 ? [] : [`${closed} containers without an address: they are stopped, or have no network`],
  };
};

function container(item: unknown): { readonly redis: boolean; readonly servers: readonly ListedServer[] } {
  const name = text(at(item, 'Name')).replace(/^\//, '');
  const redis = isRedisWord(text(at(item, 'Config', 'Image')));
  const inside = Object.values(fields(at(item, 'NetworkSettings', 'Networks')))
    .map((network) => text(at(network, 'IPAddress')))
    .find((address) => address !== '');
  const servers: ListedServer[] = [];
  const ports = {
    ...fields(at(item, 'Config', 'ExposedPorts')),
    ...fields(at(item, 'NetworkSettings', 'Ports')),
  };
  for (const [label, bindings] of Object.entries(ports).slice(0, 1_000)) {
    const [number, protocol] = label.split('/');
    const own = port(number);
    if (own === undefined || protocol !== 'tcp' || !(isRedisPort(own) || redis)) continue;
    const published = list(bindings).flatMap((one) => {
      const outer = port(at(one, 'HostPort'));
      return outer === undefined
        ? []
        : [{ host: hostOf(text(at(one, 'HostIp'))), port: outer, tls: false, name }];
    });
    // The same port over IPv4 and IPv6 is one server.
    if (published.length > 0)
      servers.push(...new Map(published.map((one) => [`${one.host} ${one.port}`, one])).values());
    else if (inside !== undefined) servers.push({ host: inside, port: own, tls: false, name });
  }
  return { redis, servers };
}

function hostOf(address: string): string {
  return address === '' || address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
}
