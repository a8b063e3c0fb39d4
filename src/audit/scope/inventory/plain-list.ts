import { parseTarget } from '../../ask/target.ts';
import type { InventoryReader, ListedServer } from './inventory.ts';
import { at, list, port, text } from './json-shapes.ts';

/** A JSON array of `{ "host": ..., "port": 6379, "tls": true, "name": ... }` or of `"host:port"`. */
export const readPlainList: InventoryReader = (document) => {
  const all = list(document);
  const servers = all.flatMap(server);
  if (servers.length === 0) return undefined;
  const left = all.length - servers.length;
  return { servers, notes: left === 0 ? [] : [`${left} elements without a host`] };
};

function server(item: unknown): ListedServer[] {
  if (typeof item === 'string') {
    const target = parseTarget(item);
    if ('fault' in target || target.host === '') return [];
    // A password or a database in an export is not taken over: it is for lists of targets.
    return [{ host: target.host, port: target.port, tls: target.tls, name: '' }];
  }
  const host = text(at(item, 'host')) || text(at(item, 'address')) || text(at(item, 'ip'));
  const number = at(item, 'port') === undefined ? 6_379 : port(at(item, 'port'));
  if (host === '' || number === undefined) return [];
  return [{ host, port: number, tls: at(item, 'tls') === true, name: text(at(item, 'name')) }];
}
