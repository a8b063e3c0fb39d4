import type { LookupFunction, Socket } from 'node:net';
import { connect as connectPlain, isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connect as connectTls } from 'node:tls';
import { printableText } from '../../model/printable.ts';
import type { TlsFacts } from '../server-facts.ts';
import { certificateWanted } from './client-certificate.ts';
import { ConversationEnded } from './conversation-ended.ts';
import { redisCli } from './redis-cli.ts';
import type { AuditTarget } from './target.ts';
import { tlsFacts } from './tls-facts.ts';

export interface OpenSocket {
  readonly socket: Socket;
  readonly tls: TlsFacts | undefined;
}

/**
 * Connects, with TLS when the target says so. A certificate that does not hold stops nothing: it is a finding.
 * Throws `ConversationEnded` with what the operator can do about it.
 */
export async function openSocket(
  target: AuditTarget,
  timeoutMs: number,
  options: { readonly signal?: AbortSignal | undefined; readonly lookup?: LookupFunction | undefined },
): Promise<OpenSocket> {
  const socket = dial(target, options.lookup);
  let timer: NodeJS.Timeout | undefined;
  let accepted = false;
  socket.once('connect', () => {
    accepted = true;
  });
  const stop = (): void => {
    socket.destroy(Object.assign(new Error('stopped'), { code: 'STOPPED' }));
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(Object.assign(new Error('timeout'), { code: accepted ? 'NO_HANDSHAKE' : 'TIMEOUT' }));
      }, timeoutMs);
      if (options.signal?.aborted === true) stop();
      socket.once(target.tls ? 'secureConnect' : 'connect', () => resolve());
      socket.once('error', reject);
      socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'CLOSED' })));
    });
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    throw connectFault(
      target,
      timeoutMs,
      error instanceof Error && 'code' in error ? String(error.code) : '',
    );
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  }
  return { socket, tls: tlsFacts(socket) };
}

function dial(target: AuditTarget, lookup: LookupFunction | undefined): Socket | TLSSocket {
  const { host, port, tls, socket: path, tlsOptions } = target;
  if (path !== undefined) return connectPlain({ path });
  const place = { host, port, ...(lookup === undefined ? {} : { lookup }) };
  if (!tls) return connectPlain({ ...place, noDelay: true });
  const servername = tlsOptions?.serverName ?? (isIP(host) === 0 ? host : undefined);
  return connectTls({
    ...place,
    rejectUnauthorized: false,
    ...(servername === undefined ? {} : { servername }),
    ...(tlsOptions?.context === undefined ? {} : { secureContext: tlsOptions.context }),
  });
}

/** True when something on this port completes or tries a TLS handshake. Sends a client hello and nothing else. */
export async function speaksTls(
  target: AuditTarget,
  timeoutMs: number,
  options: { readonly signal?: AbortSignal | undefined; readonly lookup?: LookupFunction | undefined },
): Promise<boolean> {
  try {
    const { socket } = await openSocket({ ...target, tls: true }, timeoutMs, options);
    socket.on('error', () => undefined);
    socket.destroy();
    return true;
  } catch {
    return false;
  }
}

function connectFault(target: AuditTarget, timeoutMs: number, code: string): ConversationEnded {
  const { text, host } = target;
  const wanted = certificateWanted(target, code);
  if (wanted !== undefined) return wanted;
  switch (code) {
    case 'ECONNREFUSED':
      return new ConversationEnded(
        'refused',
        `Nothing listens on ${text}. Check the port (${redisCli(target)} ping), or start the server.`,
      );
    case 'ENOENT':
    case 'ENOTSOCK':
      return new ConversationEnded(
        'unreachable',
        `There is no Unix socket at ${text} (${code}). Check the path (CONFIG GET unixsocket), and that the server runs.`,
      );
    case 'TIMEOUT':
    case 'ETIMEDOUT':
      return new ConversationEnded(
        'timeout',
        `${text} did not answer within ${timeoutMs} ms: a firewall drops the packets, or the host is down. Audit from a host that may reach it.`,
      );
    case 'NO_HANDSHAKE':
      return new ConversationEnded(
        'timeout',
        `${text} accepted the connection, but no TLS handshake within ${timeoutMs} ms. If it does not speak TLS, write redis://.`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ENODATA':
      return new ConversationEnded(
        'unreachable',
        `The name ${host} has no address (${code}). Check its spelling and the resolver of this machine.`,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EACCES':
    case 'EPERM':
      return new ConversationEnded(
        'unreachable',
        `There is no way from this machine to ${text} (${code}). Check routes and firewall, or audit from nearer.`,
      );
    case 'EMFILE':
    case 'ENFILE':
      return new ConversationEnded(
        'unreachable',
        `This machine has no file descriptors left to dial ${text} (${code}). Ask again with a lower --concurrency, or raise ulimit -n.`,
      );
    case 'STOPPED':
      return new ConversationEnded('partial', `The audit of ${text} was stopped by the operator.`);
    case 'CLOSED':
    case 'ECONNRESET':
      return new ConversationEnded(
        target.tls ? 'protocol-fault' : 'refused',
        `${text} closed the connection at once (${code}). ${target.tls ? 'If it does not speak TLS, write redis://.' : 'Check its maxclients and the firewall.'}`,
      );
    default:
      return new ConversationEnded(
        target.tls ? 'protocol-fault' : 'unreachable',
        target.tls
          ? `${text} does not complete a TLS handshake (${printableText(code, 60)}). If it does not speak TLS, write redis://.`
          : `${text} cannot be reached (${printableText(code, 60)}). Check the address.`,
      );
  }
}
