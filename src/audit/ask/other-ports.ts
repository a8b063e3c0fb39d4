import { connect } from 'node:net';
import type { ServerFacts } from '../server-facts.ts';

const MOST_MS = 1_000;
const BUS_DISTANCE = 10_000;
const USUAL_PORT = 6_379;

export type OtherPorts = ReadonlyMap<'bus' | 'plain', boolean>;

/**
 * Doors beside the one we came through: the bus of a cluster node, and the usual plain port beside TLS. They are only
 * connected to; not a byte is sent. Undefined when there is none to try.
 */
export async function otherPorts(
  facts: Pick<ServerFacts, 'address' | 'subject' | 'info' | 'settings'>,
  timeoutMs: number = MOST_MS,
): Promise<OtherPorts | undefined> {
  const ports = portsToTry(facts);
  if (ports.size === 0) return undefined;
  return new Map(
    await Promise.all(
      [...ports].map(async ([door, port]) => [door, await isOpen(facts.address, port, timeoutMs)] as const),
    ),
  );
}

export function portsToTry({
  subject,
  info,
  settings,
}: Pick<ServerFacts, 'subject' | 'info' | 'settings'>): ReadonlyMap<'bus' | 'plain', number> {
  const ports = new Map<'bus' | 'plain', number>();
  if (subject.socket !== undefined) return ports;
  if (info?.get('cluster_enabled') === '1') {
    const told = Number(settings?.get('cluster-port') ?? 0);
    const port = told > 0 ? told : subject.port + BUS_DISTANCE;
    if (Number.isInteger(port) && port <= 65_535) ports.set('bus', port);
  }
  // Where the setting is readable nobody has to knock.
  if (subject.tls && settings?.get('port') === undefined && subject.port !== USUAL_PORT)
    ports.set('plain', USUAL_PORT);
  return ports;
}

function isOpen(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (open: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(open);
    };
    const timer = setTimeout(() => done(false), timeoutMs);
    socket.once('connect', () => done(true));
    socket.on('error', () => done(false));
  });
}
