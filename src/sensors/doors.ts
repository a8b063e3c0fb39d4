import { once } from 'node:events';
import type { BlockList, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createServer as createTlsServer } from 'node:tls';
import { plainAddress } from '../model/plain-address.ts';
import { readProxyHeader } from '../wire/proxy-header.ts';

/** A way into a sensor beside its plain port: all lead to the same world. */
export type Door = { readonly host: string /** 0 for any free port. */; readonly port: number } & (
  | { readonly kind: 'plain' }
  /** PEM texts. */
  | { readonly kind: 'tls'; readonly key: string; readonly cert: string }
  /** Behind a balancer that says who really connects; `from` are the balancers' addresses, who else comes is let go. */
  | { readonly kind: 'proxy'; readonly from: BlockList }
);

/** Somebody at a door. */
export interface Arrival {
  readonly socket: Socket;
  readonly origin: { readonly address: string; readonly port: number };
  /** Where the visitor dialled, when a balancer told. */
  readonly local?: { readonly address: string; readonly port: number } | undefined;
  /** Who brought it, when a balancer did. */
  readonly via?: string | undefined;
  readonly tls?: { readonly version: string; readonly cipher: string; readonly name?: string } | undefined;
}

export interface OpenDoor {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The persona's tcp-keepalive. */
const KEEP_ALIVE_MS = 300_000;
/** How long the head of a connection may take. */
const HEAD_MS = 10_000;
const SOCKETS = { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };

/** Listens; `arrive` gets each visitor, `fault` each who did not come in. Rejects with the system's error. */
export async function openDoor(
  door: Door,
  arrive: (arrival: Arrival) => void,
  fault: (arrival: Arrival, message: string) => void,
): Promise<OpenDoor> {
  const server = serverFor(door, arrive, fault);
  server.listen({ host: door.host, port: door.port });
  await once(server, 'listening');
  // What goes wrong later (out of file descriptors) concerns one connection, not the sensor.
  server.on('error', () => undefined);
  const bound = server.address();
  const at = bound === null || typeof bound === 'string' ? door : { host: bound.address, port: bound.port };
  return {
    host: at.host,
    port: at.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

function serverFor(
  door: Door,
  arrive: (arrival: Arrival) => void,
  fault: (arrival: Arrival, message: string) => void,
): Server {
  const known = (socket: Socket, tell: (arrival: Arrival) => void): void => {
    const origin = { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
    if (origin.address !== '') tell({ socket, origin });
    // Gone before it was accepted.
    else socket.on('error', () => undefined).destroy();
  };
  switch (door.kind) {
    case 'plain':
      return createServer(SOCKETS, (socket) => {
        known(socket, arrive);
      });
    case 'proxy':
      return createServer(SOCKETS, (socket) => {
        known(socket, (arrival) => {
          readHead(arrival, door.from, arrive, fault);
        });
      });
    case 'tls': {
      const { key, cert } = door;
      const options = { ...SOCKETS, key, cert, minVersion: 'TLSv1.2', handshakeTimeout: HEAD_MS } as const;
      const server = createTlsServer(options, (socket: TLSSocket) => {
        const name = typeof socket.servername === 'string' ? { name: socket.servername.slice(0, 255) } : {};
        const tls = { version: socket.getProtocol() ?? '', cipher: socket.getCipher().name, ...name };
        known(socket, (arrival) => {
          arrive({ ...arrival, tls });
        });
      });
      return server.on('tlsClientError', (error, socket) => {
        known(socket, (arrival) => {
          fault(arrival, `TLS handshake: ${error.message.split('\n')[0]?.slice(0, 120) ?? ''}`);
        });
      });
    }
  }
}

/** Waits for the balancer's header; what follows it is left for the visitor to read. */
function readHead(
  arrival: Arrival,
  from: BlockList,
  arrive: (arrival: Arrival) => void,
  fault: (arrival: Arrival, message: string) => void,
): void {
  const { socket, origin } = arrival;
  if (!from.check(origin.address, origin.address.includes(':') ? 'ipv6' : 'ipv4')) {
    fault(arrival, 'not an address of a balancer');
    return;
  }
  let head = Buffer.alloc(0);
  const timer = setTimeout(() => give('no PROXY header in time'), HEAD_MS);
  const give = (message: string): void => {
    stop();
    fault(arrival, message);
  };
  const gone = (): void => give('gone before the PROXY header');
  const read = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const header = readProxyHeader(head.toString('latin1', 0, 4_096));
    if (header.kind === 'more') return;
    if (header.kind === 'fault') {
      give(header.message);
      return;
    }
    stop();
    socket.pause();
    if (head.length > header.length) socket.unshift(head.subarray(header.length));
    const { source, target } = header;
    const told = source && { ...source, address: plainAddress(source.address.toLowerCase()) };
    arrive(told === undefined ? arrival : { socket, origin: told, local: target, via: origin.address });
    socket.resume();
  };
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('data', read).off('end', gone).off('close', gone).off('error', gone);
  };
  socket.on('data', read).on('end', gone).on('close', gone).on('error', gone);
}
