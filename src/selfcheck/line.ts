import { once } from 'node:events';
import { connect } from 'node:net';
import type { ByteString } from '../model/bytes.ts';
import { bytesFromBuffer } from '../model/bytes.ts';
import type { Reply } from '../wire/reply.ts';
import { createReplyDecoder } from '../wire/reply-decoder.ts';
import type { ReplyLimits } from '../wire/reply-limits.ts';
import { bulks } from '../wire/resp-reply.ts';

/** A reply, or what came in its place. */
export type Answer =
  | Reply
  | { readonly kind: 'silence' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'garbage'; readonly text: string };

/** One connection to the server that is checked. Nothing the server does is thrown. */
export interface Line {
  /** Bytes as they are. */
  send(bytes: ByteString): void;
  /** The next reply; pushes count as replies. */
  reply(ms?: number): Promise<Answer>;
  ask(...argv: readonly ByteString[]): Promise<Answer>;
  /** What came since the last call, `<closed>` behind it once the server hung up; waits until it is enough. */
  heard(enough: (text: ByteString) => boolean, ms?: number): Promise<ByteString>;
  close(): void;
  readonly closed: boolean;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export const CLOSED = '<closed>';
const REPLY_MS = 3_000;
const CONNECT_MS = 5_000;
/** Raw text that is kept for `heard`. */
const MOST_TEXT = 262_144;
const MOST_BYTES = 64 * 1_024 * 1_024;
const LIMITS: ReplyLimits = {
  maxLine: 65_536,
  maxBulk: 16 * 1_024 * 1_024,
  keepBulk: 4 * 1_024 * 1_024,
  maxElements: 2_000_000,
  maxDepth: 16,
  maxKept: 64 * 1_024 * 1_024,
};

/** Rejects with the system's error when there is no way to the server. */
export async function openLine(
  address: Address,
  overhear: (answer: Answer) => void,
  replyMs = REPLY_MS,
): Promise<Line> {
  const socket = connect({ ...address, noDelay: true });
  const decoder = createReplyDecoder(LIMITS);
  let text = '';
  let received = 0;
  let closed = false;
  let wake: (() => void)[] = [];
  const changed = (): void => {
    const told = wake;
    wake = [];
    for (const tell of told) tell();
  };
  const end = (): void => {
    closed = true;
    changed();
  };
  socket
    .on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > MOST_BYTES) socket.destroy();
      const bytes = bytesFromBuffer(chunk);
      if (text.length < MOST_TEXT) text += bytes;
      decoder.push(bytes);
      changed();
    })
    .on('error', () => undefined)
    .on('end', end)
    .on('close', end);
  const late = setTimeout(() => socket.destroy(new Error('no answer to the connection')), CONNECT_MS);
  try {
    await once(socket, 'connect');
  } finally {
    clearTimeout(late);
  }

  /** Resolves when something changed, or when the time is over. */
  const stir = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      wake.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  const next = (): Answer | undefined => {
    const found = decoder.next();
    if (found === undefined) return closed ? { kind: 'closed' } : undefined;
    return found.kind === 'fault' ? { kind: 'garbage', text: text.slice(0, 200) } : found;
  };

  const line: Line = {
    send: (bytes) => {
      if (!socket.destroyed) socket.write(bytes, 'latin1');
    },
    reply: async (ms = replyMs) => {
      for (;;) {
        const answer = next();
        if (answer !== undefined) {
          overhear(answer);
          text = '';
          return answer;
        }
        if (!(await stir(ms))) return { kind: 'silence' };
      }
    },
    ask: (...argv) => {
      line.send(bulks(argv));
      return line.reply();
    },
    heard: async (enough, ms = replyMs) => {
      const now = (): string => (closed ? text + CLOSED : text);
      let got = now();
      while (!enough(got) && !got.endsWith(CLOSED) && (await stir(ms))) got = now();
      text = '';
      return got;
    },
    close: () => {
      socket.destroy();
      end();
    },
    get closed() {
      return closed;
    },
  };
  return line;
}
