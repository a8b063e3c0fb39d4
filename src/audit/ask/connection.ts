import type { LookupFunction, Socket } from 'node:net';
import { isIPv4 } from 'node:net';
import type { Outcome } from '../../model/audit-report.ts';
import type { ByteString } from '../../model/bytes.ts';
import { bytesFromBuffer } from '../../model/bytes.ts';
import { commandName } from '../../redis/interpret.ts';
import type { Reply } from '../../wire/reply.ts';
import { createReplyDecoder } from '../../wire/reply-decoder.ts';
import { bulks } from '../../wire/resp-reply.ts';
import type { AuditLimits } from '../limits.ts';
import { BATCH_BYTES, REPLY_LIMITS } from '../limits.ts';
import type { TlsFacts } from '../server-facts.ts';
import { isAllowed } from './allowed.ts';
import { certificateWanted } from './client-certificate.ts';
import { ConversationEnded } from './conversation-ended.ts';
import { openSocket } from './open-socket.ts';
import type { AuditTarget } from './target.ts';

/** One connection to a server under audit. Everything it cannot go on from is thrown as `ConversationEnded`. */
export interface AuditConnection {
  /** Sends commands at once and resolves with one reply each. Refuses what allowed.ts does not hold. */
  ask(commands: readonly (readonly ByteString[])[]): Promise<readonly Reply[]>;
  /**
   * Sends commands that are about to be asked, so that their replies are on the way when `ask` comes for them: a round
   * trip less each. What is not asked for after all is read and dropped.
   */
  foresee(commands: readonly (readonly ByteString[])[]): void;
  /** Says QUIT when it still can, and closes. */
  close(): Promise<void>;
  /** Every command sent so far, by name. */
  readonly sent: ReadonlyMap<string, number>;
  /** Bytes so far. */
  readonly traffic: { readonly sent: number; readonly received: number };
  /** The first bytes the target sent, at most 256. */
  readonly firstBytes: ByteString;
  /** The address the name resolved to. */
  readonly address: string;
  /** Undefined when the connection is plain. */
  readonly tls: TlsFacts | undefined;
}

/** Told of commands right before they leave; what it throws keeps them back. */
export type Sending = (commands: readonly (readonly ByteString[])[]) => void;

interface Waiting {
  readonly wanted: number;
  readonly replies: Reply[];
  /** Bytes that the replies so far take in memory. */
  taken: number;
  readonly resolve: (replies: readonly Reply[]) => void;
  readonly reject: (ended: ConversationEnded) => void;
}

const FIRST_BYTES = 256;
const GOODBYE_MS = 500;
/** What a target may send before it is asked. */
const UNASKED_BYTES = 65_536;
/** Beyond so many pushes nobody asked for, a server is not silent. */
const MANY_PUSHES = 10;

export async function openConnection(
  target: AuditTarget,
  limits: AuditLimits,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly lookup?: LookupFunction | undefined;
    readonly sending?: Sending | undefined;
  },
): Promise<AuditConnection> {
  const { socket, tls } = await openSocket(target, limits.connectMs, options);
  const decoder = createReplyDecoder(REPLY_LIMITS);
  const sent = new Map<string, number>();
  let firstBytes = '';
  let received = 0;
  /** Bytes that came since the last whole reply: tells a silent server from one that drips. */
  let sinceReply = 0;
  let replies = 0;
  let pushes = 0;
  let bytesSent = 0;
  let foreseen: readonly (readonly ByteString[])[] = [];
  let waiting: Waiting | undefined;
  let ended: ConversationEnded | undefined;

  const end = (outcome: Outcome, message: string): void => {
    ended ??= new ConversationEnded(outcome, message);
    socket.destroy();
    const listener = waiting;
    waiting = undefined;
    listener?.reject(ended);
  };
  const take = (): void => {
    while (waiting !== undefined) {
      const found = decoder.next();
      if (found === undefined) return;
      if (found.kind === 'fault') {
        const stranger = found.fault === 'unknown-type' && replies === 0;
        return end(stranger ? 'not-redis' : 'protocol-fault', faultText(target, found.message));
      }
      sinceReply = 0;
      // Pushes are out of band: nobody asked for them, and they answer nothing.
      if (found.kind === 'push') {
        pushes += 1;
        continue;
      }
      replies += 1;
      waiting.replies.push(found);
      waiting.taken += decoder.taken;
      if (waiting.taken > BATCH_BYTES) return end('endless', floodText(target, BATCH_BYTES));
      if (waiting.replies.length < waiting.wanted) continue;
      const done = waiting;
      waiting = undefined;
      done.resolve(done.replies);
    }
  };
  socket.on('data', (chunk: Buffer) => {
    if (ended !== undefined) return;
    received += chunk.length;
    sinceReply += chunk.length;
    if (received > limits.maxBytes) return end('endless', endlessText(target, limits.maxBytes));
    const bytes = bytesFromBuffer(chunk);
    if (firstBytes.length < FIRST_BYTES) firstBytes += bytes.slice(0, FIRST_BYTES - firstBytes.length);
    decoder.push(bytes);
    take();
    if (waiting === undefined && foreseen.length === 0 && decoder.held > UNASKED_BYTES)
      end('protocol-fault', unaskedText(target));
  });
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    const wanted = certificateWanted(target, code);
    end(wanted?.outcome ?? 'protocol-fault', wanted?.message ?? brokenText(target, code));
  });
  socket.on('close', () => {
    if (ended === undefined) end('protocol-fault', brokenText(target, undefined));
  });
  const deadline = setTimeout(() => {
    // One that owes us an answer and sends nothing is silent; one that sends and never comes to an end is endless.
    const silent = waiting !== undefined && sinceReply === 0 && pushes < MANY_PUSHES;
    end(silent ? 'timeout' : 'endless', busyText(target, limits, silent));
  }, limits.deadlineMs);
  const stop = (): void => end('partial', `The audit of ${target.text} was stopped by the operator.`);
  options.signal?.addEventListener('abort', stop, { once: true });
  socket.once('close', () => {
    clearTimeout(deadline);
    options.signal?.removeEventListener('abort', stop);
  });
  if (options.signal?.aborted === true) stop();

  const wait = async (wanted: number): Promise<readonly Reply[]> => {
    const timer = setTimeout(() => {
      const silent = sinceReply === 0 && pushes < MANY_PUSHES;
      end(silent ? 'timeout' : 'endless', silent ? silentText(target, limits) : dripText(target, limits));
    }, limits.replyMs);
    try {
      return await new Promise((resolve, reject) => {
        waiting = { wanted, replies: [], taken: 0, resolve, reject };
        take();
      });
    } finally {
      clearTimeout(timer);
    }
  };

  const send = (commands: readonly (readonly ByteString[])[]): void => {
    for (const argv of commands) {
      if (isAllowed(argv, target)) continue;
      throw new Error(
        `the audit may not send ${commandName(argv).name.slice(0, 40)}: see src/audit/ask/allowed.ts`,
      );
    }
    if (ended !== undefined || commands.length === 0) return;
    let text = '';
    options.sending?.(commands);
    for (const argv of commands) {
      const { name } = commandName(argv);
      sent.set(name, (sent.get(name) ?? 0) + 1);
      text += bulks(argv);
    }
    bytesSent += text.length;
    socket.write(text, 'latin1');
  };

  /** The place in what was foreseen where these commands stand, in this order. */
  const placeOf = (commands: readonly (readonly ByteString[])[]): number =>
    foreseen.findIndex((_, from) => commands.every((argv, at) => isSame(argv, foreseen[from + at])));

  const ask = async (commands: readonly (readonly ByteString[])[]): Promise<readonly Reply[]> => {
    if (waiting !== undefined) throw new Error('one batch at a time');
    if (commands.length === 0) return [];
    if (foreseen.length > 0) {
      const from = placeOf(commands);
      const dropped = from < 0 ? foreseen.length : from;
      foreseen = from < 0 ? [] : foreseen.slice(from + commands.length);
      if (ended === undefined && dropped > 0) await wait(dropped);
      if (ended !== undefined) throw ended;
      if (from >= 0) return wait(commands.length);
    }
    // Some servers speak first (`-DENIED`); later, replies that nobody asked for would be taken for the next ones.
    if (replies > 0 && !decoder.idle) end('protocol-fault', unaskedText(target));
    send(commands);
    if (ended !== undefined) throw ended;
    return wait(commands.length);
  };

  return {
    ask,
    foresee: (commands) => {
      send(commands);
      foreseen = [...foreseen, ...commands];
    },
    close: async () => {
      if (ended === undefined) await goodbye(ask, socket);
      ended ??= CLOSED;
      socket.destroy();
    },
    sent,
    get traffic() {
      return { sent: bytesSent, received };
    },
    get firstBytes() {
      return firstBytes;
    },
    // Asking the system costs a call; where an address was dialled it is known.
    address: isIPv4(target.host) ? target.host : (socket.remoteAddress ?? target.host),
    tls,
  };
}

/** One for all: making an error is dear. */
const CLOSED = new ConversationEnded('partial', 'the connection is closed');

function isSame(left: readonly ByteString[], right: readonly ByteString[] | undefined): boolean {
  return left.length === right?.length && left.every((word, at) => word === right[at]);
}

/** QUIT, and a short wait for the answer: manners, not a need. */
async function goodbye(ask: AuditConnection['ask'], socket: Socket): Promise<void> {
  const late = setTimeout(() => socket.destroy(), GOODBYE_MS);
  try {
    await ask([['QUIT']]);
  } catch {
    // A server that has gone already needs no goodbye.
  } finally {
    clearTimeout(late);
  }
}

function busyText({ text }: AuditTarget, { deadlineMs }: AuditLimits, silent: boolean): string {
  return silent
    ? `${text} accepted the connection but did not answer within ${deadlineMs} ms. Check that it is not blocked, or give it more time with --timeout.`
    : `${text} kept the audit busy for ${deadlineMs} ms; it was stopped. ${SLOW_REMEDY}`;
}
const SLOW_REMEDY = 'Ask again when it is less busy, or with a smaller sample.';

function faultText({ text }: AuditTarget, what: string): string {
  return `${text} broke the Redis protocol: ${what}. Check that this port is a Redis and nothing stands between.`;
}
function unaskedText({ text }: AuditTarget): string {
  return `${text} sent replies that nobody asked for. Check that this port is a Redis and nothing stands between.`;
}
function endlessText({ text }: AuditTarget, bytes: number): string {
  return `${text} sent more than ${bytes} bytes; the audit stopped reading. A healthy Redis does not; look at what listens there.`;
}
function floodText({ text }: AuditTarget, bytes: number): string {
  return `${text} answered a few questions with more than ${bytes} bytes; the audit stopped reading. A healthy Redis does not; look at what listens there.`;
}
function brokenText({ text }: AuditTarget, code: string | undefined): string {
  return `${text} closed the connection in the middle of the audit${code === undefined ? '' : ` (${code})`}. Ask again; if it happens again, look at its log.`;
}
function silentText({ text }: AuditTarget, { replyMs }: AuditLimits): string {
  return `${text} accepted the connection but answered nothing for ${replyMs} ms. Check that it is a Redis and that it is not blocked.`;
}
function dripText({ text }: AuditTarget, { replyMs }: AuditLimits): string {
  return `${text} did not finish a reply within ${replyMs} ms although bytes kept coming. A healthy Redis does not; look at what listens there.`;
}
