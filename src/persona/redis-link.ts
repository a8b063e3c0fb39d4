import { connect } from 'node:net';
import { PersonaFault } from '../emulator/persona-fault.ts';
import type { ByteString } from '../wire/byte-string.ts';
import type { Reply } from '../wire/reply.ts';
import { createReplyDecoder } from '../wire/reply-decoder.ts';
import { bulks } from '../wire/resp-reply.ts';

/** Where the server to record is. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** One connection to the server that is recorded. */
export interface RedisLink {
  /** The reply to one command; fails with a `PersonaFault` when there is none, or bytes that are none. */
  ask(...argv: readonly ByteString[]): Promise<Reply>;
  /** Sends bytes as they are and collects what comes: one reply, or what there is when it hangs up or falls silent. */
  exchange(bytes: ByteString): Promise<{ said: ByteString; closed: boolean }>;
  close(): void;
}

const LIMITS = {
  maxLine: 65_536,
  maxBulk: 16_777_216,
  keepBulk: 16_777_216,
  maxElements: 1_000_000,
  maxDepth: 32,
  maxKept: 134_217_728,
};
const ANSWER_MS = 5_000;
const QUIET_MS = 150;

/** Connects; `answerMs` is how long a server may think before it counts as silent. */
export function openLink(address: ServerAddress, answerMs = ANSWER_MS): Promise<RedisLink> {
  const where = addressText(address);
  const socket = connect({ ...address, noDelay: true });
  let heard = '';
  let ended = false;
  let wake: () => void = () => undefined;
  const closed = (): boolean => ended;
  const change = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard += text;
    wake();
  });
  const over = (): void => {
    ended = true;
    wake();
  };
  socket.on('end', over).on('close', over);

  const ask = async (...argv: readonly ByteString[]): Promise<Reply> => {
    const decoder = createReplyDecoder(LIMITS);
    heard = '';
    if (!ended) socket.write(bulks(argv), 'latin1');
    for (;;) {
      decoder.push(heard);
      heard = '';
      const reply = decoder.next();
      if (reply?.kind === 'fault') throw notRedis(where, reply.message);
      if (reply !== undefined) return reply;
      if (ended) throw notRedis(where, 'it hung up');
      if (!(await change(answerMs))) throw notRedis(where, `no reply within ${answerMs / 1_000} seconds`);
    }
  };
  const exchange = async (bytes: ByteString): Promise<{ said: ByteString; closed: boolean }> => {
    heard = '';
    socket.write(bytes, 'latin1');
    while (!closed() && !isFinal(heard)) if (!(await change(QUIET_MS))) break;
    return { said: heard, closed: closed() };
  };
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve({ ask, exchange, close: () => void socket.destroy() }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      over();
      reject(unreachable(where, error));
    });
    socket.setTimeout(answerMs, () => {
      if (!socket.connecting) return;
      socket.destroy();
      reject(unreachable(where, new Error('nobody answered')));
    });
  });
}

/** A whole reply after which a server does not hang up. */
function isFinal(bytes: ByteString): boolean {
  const decoder = createReplyDecoder(LIMITS);
  decoder.push(bytes);
  const reply = decoder.next();
  return reply !== undefined && !(reply.kind === 'error' && reply.text.includes('Protocol error'));
}

export function addressText({ host, port }: ServerAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function notRedis(where: string, why: string): PersonaFault {
  return new PersonaFault(
    `${where} does not speak as Redis does: ${why}.`,
    'Give the address of a Redis or Valkey server, without TLS.',
  );
}

function unreachable(where: string, { code, message }: NodeJS.ErrnoException): PersonaFault {
  return new PersonaFault(
    `${where} cannot be reached (${code ?? message}).`,
    'Check that the server runs and that a firewall lets you through: redis-cli -h HOST -p PORT ping',
  );
}
