import type { ByteString } from '../model/bytes.ts';
import { bytesFromBuffer } from '../model/bytes.ts';
import { createRequestDecoder } from '../wire/request-decoder.ts';
import { isUnasked } from './compare-replies.ts';
import { REQUESTS } from './play.ts';
import { SHORT } from './play-line.ts';
import type { Piece } from './read-recording.ts';
import { createReplySplitter } from './reply-splitter.ts';
import { requestText } from './request-text.ts';

/** A recording as something to be said again, and what was answered. */
export interface Script {
  /** What to send, each after so many replies and this long after the one before. */
  readonly sends: readonly { readonly bytes: ByteString; readonly after: number; readonly pause: number }[];
  /** The replies to it, byte for byte; those that nobody asked for are counted only. */
  readonly replies: readonly Answer[];
  readonly unasked: number;
  /** What followed the last whole reply: a database for a replica, say. */
  readonly rest: ByteString;
  /** Why only its beginning can be said again. */
  readonly cut: 'gap' | 'missing' | 'too long' | undefined;
}

interface Answer {
  readonly raw: ByteString;
  /** The request, printable, as far as it can be told. */
  readonly request: string;
  /** Milliseconds between the request and the reply. */
  readonly took: number;
}

/** What is held of one recording, both sides. */
const MOST_BYTES = 67_108_864;

export async function scriptOf(pieces: AsyncIterable<Piece>): Promise<Script> {
  const sends: { bytes: ByteString; after: number; pause: number }[] = [];
  const replies: Answer[] = [];
  const requests = createRequestDecoder();
  const splitter = createReplySplitter();
  /** Requests that wait for so many replies. */
  const open: { text: string; replies: number }[] = [];
  let [unasked, total, sentAt] = [0, 0, 0];
  let cut: Script['cut'];

  const answered = (raw: ByteString, ms: number): void => {
    if (isUnasked(raw)) {
      unasked++;
      return;
    }
    const [request] = open;
    if (request !== undefined && --request.replies <= 0) open.shift();
    replies.push({ raw, request: request?.text ?? '', took: Math.max(0, ms - sentAt) });
  };
  for await (const piece of pieces) {
    if (piece.kind === 'end') break;
    if (piece.kind !== 'bytes') {
      cut = piece.kind;
      break;
    }
    total += piece.bytes.length;
    if (total > MOST_BYTES) {
      cut = 'too long';
      break;
    }
    const bytes = bytesFromBuffer(piece.bytes);
    if (piece.from === 'visitor') {
      sends.push({ bytes, after: replies.length, pause: piece.ms - sentAt });
      sentAt = piece.ms;
      requests.push(bytes);
      for (let found = requests.next(REQUESTS); found?.kind === 'request'; found = requests.next(REQUESTS)) {
        open.push({ text: requestText(found, SHORT), replies: repliesTo(found.argv) });
      }
      continue;
    }
    splitter.push(bytes);
    for (let raw = splitter.next(); raw !== undefined; raw = splitter.next()) answered(raw, piece.ms);
  }
  return { sends, replies, unasked, rest: splitter.rest(), cut };
}

const SUBSCRIBERS = new Set([
  'subscribe',
  'psubscribe',
  'ssubscribe',
  'unsubscribe',
  'punsubscribe',
  'sunsubscribe',
]);

/** One, but one a channel for who subscribes to several. */
function repliesTo(argv: readonly ByteString[]): number {
  return SUBSCRIBERS.has((argv[0] ?? '').slice(0, 20).toLowerCase()) ? Math.max(1, argv.length - 1) : 1;
}
