import type { ByteString } from '../byte-string.ts';
import type { BodyEvent, BodyParser } from './body-parser.ts';
import { createBodyParser } from './body-parser.ts';
import { createBytesIn } from './bytes-in.ts';
import type { Flaw, RequestHead } from './head.ts';
import type { HeadParser } from './head-parser.ts';
import { createHeadParser } from './head-parser.ts';
import type { HeadLimits } from './limits.ts';

/** `head`, then any number of `body`, then `end`; and the next request. */
export type HttpEvent = { readonly kind: 'head'; readonly head: RequestHead } | BodyEvent;

/**
 * HTTP/1 requests out of bytes that come in any pieces. Never throws; holds no more than one piece and the limits. It is
 * asked, so that a request waits in it until the one before has been answered.
 */
export interface RequestParser {
  push(chunk: Buffer): void;
  /** Undefined when more bytes are needed, and for ever after a fault or a head that nothing can follow. */
  next(): HttpEvent | undefined;
  /** `head` between requests and within a head, else `body`; `dead` when no more will be read. */
  readonly state: 'idle' | 'head' | 'body' | 'dead';
  /** The beginning of a head that is not whole, without what has been read of its headers. */
  unfinished(most: number): ByteString;
  /** Bytes that wait. */
  held(): number;
}

/** Heads after which nobody knows where the next request begins. */
const FATAL: readonly Flaw[] = [
  'line',
  'line-too-long',
  'header-too-long',
  'headers-too-long',
  'too-many-headers',
];

export function createRequestParser(
  limits: HeadLimits,
  broken: (start: ByteString) => boolean = () => false,
): RequestParser {
  const input = createBytesIn();
  let head: HeadParser = createHeadParser(input, limits, broken);
  let body: BodyParser | undefined;
  let dead = false;

  const nextHead = (): HttpEvent | undefined => {
    const read = head.next();
    if (read === undefined) return undefined;
    dead = FATAL.some((flaw) => read.flaws.has(flaw));
    body = dead ? undefined : createBodyParser(input, read.framing);
    return { kind: 'head', head: read };
  };
  return {
    push: (chunk) => {
      if (!dead) input.push(chunk);
    },
    next: () => {
      if (dead) return undefined;
      if (body === undefined) return nextHead();
      const event = body.next();
      if (event?.kind === 'fault') dead = true;
      if (event?.kind === 'end') {
        body = undefined;
        head = createHeadParser(input, limits, broken);
      }
      return event;
    },
    get state() {
      if (dead) return 'dead';
      if (body !== undefined) return 'body';
      return head.begun !== '' || input.length > 0 ? 'head' : 'idle';
    },
    unfinished: (most) => `${head.begun}${input.peek(most)}`.slice(0, most),
    held: () => input.length,
  };
}
