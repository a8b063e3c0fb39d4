import { isIP } from 'node:net';
import { Complaint } from './exit.ts';

/** Where to listen. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`, `[IPv6]:PORT`, `PORT` (on loopback) or `HOST` (with the usual port). */
export function parseEndpoint(text: string, usualPort: number): Endpoint {
  const parts =
    /^(?:(?<port>\d{1,5})|\[(?<v6>[0-9a-fA-F:.]+)\](?::(?<v6port>\d{1,5}))?|(?<host>[^\s:[\]]+)(?::(?<hostport>\d{1,5}))?)$/.exec(
      text.slice(0, 256),
    )?.groups;
  const host = parts?.['v6'] ?? parts?.['host'] ?? '127.0.0.1';
  const port = Number(parts?.['port'] ?? parts?.['v6port'] ?? parts?.['hostport'] ?? usualPort);
  const bad = parts === undefined || port > 65_535 || (parts['v6'] !== undefined && isIP(host) !== 6);
  if (bad) {
    throw new Complaint(
      `'${text.slice(0, 60)}' is not an address to listen on.`,
      `Write HOST:PORT, for example 127.0.0.1:${usualPort} or [::1]:${usualPort}.`,
    );
  }
  return { host, port };
}

export function endpointText({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const NEXT_PORTS = 20;

/**
 * Listens where asked. With `roam` (nobody named the port) a taken port leads to the next free one, at most
 * twenty further; otherwise it is a complaint that names the port.
 */
export async function listenAt<T>(
  wanted: Endpoint,
  roam: boolean,
  listen: (at: Endpoint) => Promise<T>,
): Promise<{ at: Endpoint; listening: T }> {
  for (let step = 0; ; step++) {
    const at = { host: wanted.host, port: wanted.port === 0 ? 0 : wanted.port + step };
    try {
      return { at, listening: await listen(at) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EADDRINUSE' && roam && step < NEXT_PORTS && at.port < 65_535) continue;
      throw cannotListen(at, code, error);
    }
  }
}

/** What the system's error means to whoever asked to listen there. */
export function cannotListen(at: Endpoint, code: unknown, cause: unknown): unknown {
  const where = endpointText(at);
  if (code === 'EADDRINUSE') {
    return new Complaint(
      `Something already listens on ${where}.`,
      `See what it is (ss -ltnp 'sport = :${at.port}'), or name another port.`,
    );
  }
  if (code === 'EACCES') {
    return new Complaint(
      `This user may not listen on ${where}.`,
      'Ports below 1024 need root or CAP_NET_BIND_SERVICE; name a higher port.',
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Complaint(
      `${at.host} is not an address of this machine.`,
      'List them with: ip -brief address. Use 0.0.0.0 for all of IPv4, [::] for IPv6 too.',
    );
  }
  return cause;
}
