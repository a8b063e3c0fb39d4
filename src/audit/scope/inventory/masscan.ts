import type { InventoryReader, ListedServer } from './inventory.ts';
import { at, list, port, text } from './json-shapes.ts';
import { isRedisPort } from './redis-look.ts';

/** `masscan -oJ FILE`: one object a host and port, `{ "ip", "ports": [{ "port", "proto", "status" }] }`. */
export const readMasscan: InventoryReader = (document) => {
  const ours = list(document).filter((one) => at(one, 'ip') !== undefined && Array.isArray(at(one, 'ports')));
  if (ours.length === 0) return undefined;
  const open = ours.flatMap((one) =>
    list(at(one, 'ports')).flatMap((entry): ListedServer[] => {
      const number = port(at(entry, 'port'));
      const isOpen = text(at(entry, 'status')) === 'open' && text(at(entry, 'proto')) === 'tcp';
      return isOpen && number !== undefined
        ? [{ host: text(at(one, 'ip')), port: number, tls: false, name: '' }]
        : [];
    }),
  );
  const servers = open.filter((one) => isRedisPort(one.port));
  return { servers, notes: otherPorts(open.length - servers.length) };
};

export function otherPorts(count: number): string[] {
  return count === 0
    ? []
    : [`${count} open ports that are none of Redis (6379 to 6389): name them as targets`];
}
