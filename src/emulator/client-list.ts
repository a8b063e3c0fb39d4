import type { Call } from './command.ts';
import type { ClientState } from './world.ts';

/** One line of CLIENT LIST, in the shape of 6.0. */
export function clientLine(client: ClientState, { client: caller, now, argv }: Call): string {
  const { origin } = client;
  const at = origin.address.includes(':')
    ? `[${origin.address}]:${origin.port}`
    : `${origin.address}:${origin.port}`;
  const self = client === caller;
  const size = self ? argv.reduce((total, argument) => total + argument.length, 0) : 0;
  const flags = client.monitoring ? 'O' : client.channels.size + client.patterns.size > 0 ? 'P' : 'N';
  const fields = {
    id: client.id,
    addr: at,
    fd: client.fd,
    name: client.name,
    age: Math.trunc((now - client.since) / 1_000),
    idle: self ? 0 : Math.trunc((now - client.lastSeen) / 1_000),
    flags: client.queue === undefined ? flags : 'x',
    db: client.db,
    sub: client.channels.size,
    psub: client.patterns.size,
    multi: client.queue?.length ?? -1,
    qbuf: self ? size + 16 : 0,
    'qbuf-free': self ? 32_768 - Math.min(32_768, size + 16) : 0,
    'argv-mem': self ? size : 0,
    obl: 0,
    oll: 0,
    omem: 0,
    'tot-mem': self ? 61_466 + size : 20_496,
    events: 'r',
    cmd: self ? 'client' : (client.lastCommand ?? 'NULL'),
    user: 'default',
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
