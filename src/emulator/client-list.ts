import { memoryFields, requestBytes } from './client-memory.ts';
import type { Call } from './command.ts';
import { replicaOf } from './replication/replica.ts';
import { isListening } from './subscriptions.ts';
import { isValkey } from './version.ts';
import type { ClientState } from './world.ts';

/** How a client's address is written: IPv6 in brackets. */
export const peerAddress = ({ origin: { address, port } }: ClientState): string => written(address, port);
export const localAddress = ({ origin: { localAddress: address, localPort: port } }: ClientState): string =>
  written(address, port);

const written = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** A client's kind as CLIENT LIST TYPE and KILL TYPE tell it; nobody here is a master or a replica. */
export const clientKind = (client: ClientState): 'pubsub' | 'normal' =>
  isListening(client) ? 'pubsub' : 'normal';

/** One line of CLIENT LIST: the fields that the persona's server shows, in its order. `argv`: what the caller runs. */
export function clientLine(
  client: ClientState,
  { client: caller, world, now, argv }: Pick<Call, 'client' | 'world' | 'now' | 'argv'>,
): string {
  const self = client === caller;
  const running = self ? argv : world.level < 7 ? [] : (client.waiting?.call.argv ?? []);
  const fields: Readonly<Record<string, string | number>> = {
    id: client.id,
    addr: peerAddress(client),
    laddr: localAddress(client),
    fd: client.fd,
    name: client.name,
    age: Math.trunc((now - client.since) / 1_000),
    idle: self ? 0 : Math.trunc((now - client.lastSeen) / 1_000),
    flags: flagsOf(client),
    capa: client.capabilities,
    db: client.db,
    sub: client.channels.size,
    psub: client.patterns.size,
    ssub: client.shardChannels.size,
    multi: client.queue?.length ?? (isValkey({ world }) && client.transacted ? 0 : -1),
    watch: client.watched.size,
    ...memoryFields(client, self, running, now, world),
    obl: 0,
    oll: 0,
    omem: 0,
    events: 'r',
    cmd: (world.level >= 7 ? client.lastPart : client.lastCommand) ?? 'NULL',
    user: client.user.name,
    redir: client.tracking?.redirect ?? -1,
    resp: client.resp,
    'lib-name': client.libraryName,
    'lib-ver': client.libraryVersion,
    'io-thread': 0,
    'tot-net-in': client.bytesIn + (self ? requestBytes(argv) : 0),
    'tot-net-out': client.bytesOut,
    'tot-cmds': client.commands,
  };
  return world.persona.clientList.map((name) => `${name}=${fields[name] ?? ''}`).join(' ');
}

function flagsOf(client: ClientState): string {
  const { tracking } = client;
  const flags = [
    client.monitoring && 'O',
    replicaOf(client) !== undefined && 'S',
    isListening(client) && 'P',
    client.queue !== undefined && 'x',
    client.blocked && 'b',
    tracking !== undefined && 't',
    tracking?.broken === true && 'R',
    tracking?.broadcast === true && 'B',
    client.closing && 'c',
    client.noEvict && 'e',
    client.noTouch && 'T',
    client.importSource && 'I',
  ];
  return flags.filter((flag) => flag !== false).join('') || 'N';
}
