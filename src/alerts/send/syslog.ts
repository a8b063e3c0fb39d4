import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect, isIPv6 } from 'node:net';
import type { SyslogChannel } from '../channel.ts';
import type { Message } from '../message.ts';
import { syslogLine } from '../payloads/syslog.ts';
import type { Send } from './outcome.ts';
import { DELIVERED, failed } from './outcome.ts';
import { reasonOf } from './reason.ts';

export interface SyslogTarget {
  readonly channel: SyslogChannel;
  readonly hostname: string;
  readonly timeoutMs: number;
}

export function createSyslog({ channel, hostname, timeoutMs }: SyslogTarget): Send<Message> {
  return async (message, signal) => {
    const line = syslogLine(message, channel, hostname);
    try {
      if (channel.transport === 'udp') await sendDatagram(channel, line, timeoutMs, signal);
      else await sendOnStream(channel, framed(channel, line), timeoutMs, signal);
      return DELIVERED;
    } catch (error) {
      return failed(
        reasonOf(error),
        'Look at transport, host, port or path of the channel, and whether syslog listens there.',
      );
    }
  };
}

/** RFC 6587: the length before each line, or its end after it. No line holds a line end. */
function framed({ transport, framing }: SyslogChannel, line: Buffer): Buffer {
  const counted = (framing ?? (transport === 'tcp' ? 'octet' : 'newline')) === 'octet';
  return counted
    ? Buffer.concat([Buffer.from(`${line.length} `), line])
    : Buffer.concat([line, Buffer.from('\n')]);
}

/** So long a refusal may take to come back: nobody acknowledges a datagram. */
const REFUSAL_MS = 150;

async function sendDatagram(
  { host, port }: SyslogChannel,
  line: Buffer,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { address } = await within(lookup(host), timeoutMs, signal);
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  socket.on('error', reject);
  socket.connect(port, address, () => {
    socket.send(line, (error) => {
      if (error !== null) reject(error);
      else timer = setTimeout(resolve, REFUSAL_MS);
    });
  });
  try {
    await within(promise, timeoutMs, signal);
  } finally {
    clearTimeout(timer);
    socket.removeAllListeners('error').on('error', () => undefined);
    socket.close();
  }
}

async function sendOnStream(
  channel: SyslogChannel,
  bytes: Buffer,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { path, host, port } = channel;
  const socket = connect(path === undefined ? { host, port } : { path });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  socket.on('error', reject);
  // Whatever it answers is not read into memory; its end or a moment of silence after ours is all there is to know.
  socket.on('data', () => undefined).on('close', () => resolve());
  socket.end(bytes, () => {
    timer = setTimeout(resolve, REFUSAL_MS);
  });
  try {
    await within(promise, timeoutMs, signal);
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function within<T>(work: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(new Error('stopped before it was sent'));
  const timer = setTimeout(() => reject(new Error(`not sent within ${timeoutMs / 1_000} s`)), timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
