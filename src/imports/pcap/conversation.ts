import type { ByteString } from '../../model/bytes.ts';
import { bytesFromBuffer, ownedBytes } from '../../model/bytes.ts';
import type { CommandOutcome } from '../../redis/interpret.ts';
import { looksLike } from '../../wire/looks-like.ts';
import type { Request } from '../../wire/request-decoder.ts';
import { createRequestDecoder } from '../../wire/request-decoder.ts';
import type { Visit } from '../visit.ts';
import { createReplyHeads } from './reply-heads.ts';

/** What the two sides of a connection said, as commands with their outcome. */
export interface Conversation {
  visitor(bytes: Buffer, time: number): void;
  server(bytes: Buffer, time: number): void;
  /** Bytes of one side are missing from here on. */
  hole(side: 'visitor' | 'server'): void;
  end(time: number): void;
  /** Bytes held. */
  readonly held: number;
}

const LIMITS = {
  maxArguments: 1_048_576,
  maxBulk: 536_870_912,
  maxInline: 65_536,
  unauthenticated: false,
  keep: 1_048_576,
};
const SAMPLE = 256;
/** Requests that wait for their reply, and what they may hold. */
const MOST_WAITING = 1_000;
const MOST_HELD = 4_194_304;
/** Behind these, what the server says answers to nothing. */
const NO_MORE_REPLIES = /^(subscribe|psubscribe|ssubscribe|monitor|sync|psync)$/i;
/** Nobody saw the reply. */
const UNTOLD: CommandOutcome = { reply: 'ok' };

/** @param whole false when the capture began within the connection. */
export function createConversation(visit: Visit, whole: boolean): Conversation {
  let decoder = createRequestDecoder();
  const replies = createReplyHeads();
  let waiting: { readonly request: Request; readonly time: number; readonly size: number }[] = [];
  let waitingBytes = 0;
  /** Where a request begins is not known. */
  let lost = !whole;
  let over = false;
  let paired = whole;
  let serverSpoke = false;
  let first = '';
  let received = 0;
  let commands = 0;
  let faultTold = false;

  const say = ({ argv, cut }: Request, outcome: CommandOutcome, time: number): void =>
    visit.command({ argv, cut, outcome }, time);
  const sayNext = (outcome: CommandOutcome): void => {
    const one = waiting.shift();
    if (one === undefined) return;
    waitingBytes -= one.size;
    say(one.request, outcome, one.time);
  };
  const sayAll = (outcome: CommandOutcome): void => {
    while (waiting.length > 0) sayNext(outcome);
  };
  const unpair = (): void => {
    paired = false;
    sayAll(UNTOLD);
  };
  const tellFault = (fault: string, sample: ByteString, time: number): void => {
    if (!faultTold) visit.fault(fault, sample, time);
    faultTold = true;
  };
  const isTooMuch = (): boolean => waiting.length > MOST_WAITING || waitingBytes > MOST_HELD;
  const take = (request: Request, time: number): void => {
    commands++;
    if (NO_MORE_REPLIES.test((request.argv[0] ?? '').slice(0, 20))) unpair();
    if (!paired) {
      say(request, UNTOLD, time);
      return;
    }
    const size = request.argv.reduce((sum, { length }) => sum + length + 32, 0);
    waiting.push({ request, time, size });
    waitingBytes += size;
    while (isTooMuch()) sayNext(serverSpoke ? { reply: 'none' } : UNTOLD);
  };
  return {
    visitor: (buffer, time) => {
      visit.bytes(buffer.length, 0, time);
      received += buffer.length;
      const bytes = bytesFromBuffer(buffer);
      if (over || (lost && !/^\*\d/.test(bytes.slice(0, 2)))) return;
      lost = false;
      if (commands === 0 && first.length < SAMPLE) {
        first = ownedBytes(first + bytes.slice(0, SAMPLE - first.length));
        const protocol = looksLike(first);
        if (protocol !== 'redis' && protocol !== 'unknown') tellFault('another protocol', first, time);
        over = protocol === 'tls';
        if (over) return;
      }
      decoder.push(bytes);
      for (let found = decoder.next(LIMITS); found !== undefined; found = decoder.next(LIMITS)) {
        if (found.kind === 'request') {
          take(found, time);
          continue;
        }
        sayAll(serverSpoke ? { reply: 'none' } : UNTOLD);
        tellFault(found.message, bytes, time);
        over = true;
        return;
      }
    },
    server: (buffer, time) => {
      visit.bytes(0, buffer.length, time);
      serverSpoke = true;
      if (!paired) return;
      for (const head of replies.push(bytesFromBuffer(buffer))) {
        sayNext(head.startsWith('-') ? { reply: 'error', error: head.slice(1) } : { reply: 'ok' });
      }
      if (replies.broken) unpair();
    },
    hole: (side) => {
      if (side === 'visitor') {
        lost = true;
        decoder = createRequestDecoder();
      }
      unpair();
    },
    end: (time) => {
      sayAll(serverSpoke ? { reply: 'none' } : UNTOLD);
      if (commands === 0 && received > 0) tellFault('no complete request', first, time);
    },
    get held() {
      return decoder.held() + waitingBytes;
    },
  };
}
