import type { InventoryReader } from './inventory.ts';
import { at, fields, isFields, list, port, text } from './json-shapes.ts';
import { isRedisWord } from './redis-look.ts';

/**
 * `ansible-inventory --list`: the hosts of groups named after Redis, at `ansible_host` where it is set, with the
 * variables `redis_port` and `redis_tls`. A host in no such group counts when it has a `redis_port`.
 */
export const readAnsible: InventoryReader = (document) => {
  const variables = at(document, '_meta', 'hostvars');
  if (!isFields(variables)) return undefined;
  const members = Object.entries(fields(document)).flatMap(([group, content]) =>
    isRedisWord(group) ? list(at(content, 'hosts')).map(text) : [],
  );
  const told = Object.keys(variables).filter((host) => at(variables[host], 'redis_port') !== undefined);
  const hosts = [...new Set([...members, ...told])].filter((host) => host !== '');
  return {
    servers: hosts.map((host) => ({
      host: text(at(variables[host], 'ansible_host')) || host,
      port: port(at(variables[host], 'redis_port')) ?? 6_379,
      tls: at(variables[host], 'redis_tls') === true,
      name: host,
    })),
    notes: [],
  };
};
