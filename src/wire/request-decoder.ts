import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { ByteString } from './byte-string.ts';
import { inlineArguments } from './inline-arguments.ts';
import type { RequestLimits } from './request-limits.ts';
import {
  ARGUMENT_OVERHEAD,
  HEAD,
  UNAUTHENTICATED_ARGUMENTS,
  UNAUTHENTICATED_BULK,
} from './request-limits.ts';

/** An argument that was too long to keep: `argv` holds its head. `sha256` is that of the whole, lower-case hex. */
export interface CutArgument {
  readonly index: number;
  readonly length: number;
  readonly sha256: string;
}

export interface Request {
  readonly kind: 'request';
  readonly argv: readonly ByteString[];
  readonly cut: readonly CutArgument[];
  /** Arguments beyond what is kept: they were counted, not stored. */
  readonly dropped: number;
}

/** The stream cannot be read on: reply `-ERR Protocol error: <message>` and close, as Redis does. */
export interface RequestFault {
  readonly kind: 'fault';
  readonly message: string;
}

export interface RequestDecoder {
  push(chunk: ByteString): void;
  /** The next whole request, a fault (for ever from then on), or undefined when more bytes are needed. */
  next(limits: RequestLimits): Request | RequestFault | undefined;
  /** Bytes held at this moment, arguments of an unfinished request among them. */
  held(): number;
  /** The length of the bulk string that is coming, 0 while none is: a real server makes room for all of it. */
  announced(): number;
}

interface BulkArray {
  readonly argv: ByteString[];
  readonly cut: CutArgument[];
  expected: number;
  index: number;
  kept: number;
}

interface Draining {
  readonly head: ByteString;
  readonly length: number;
  readonly hash: Hash;
  left: number;
}

/**
 * Decodes RESP2 arrays of bulk strings and inline requests, as the request side of redis-server does (measured on
 * 7.0.15). Bytes may arrive in any pieces; the work is linear in the bytes however they are cut.
 */
export function createRequestDecoder(): RequestDecoder {
  let buffer = '';
  let at = 0;
  /** Pieces that came after `buffer` and cannot complete what is waited for. */
  let parts: ByteString[] = [];
  let partsLength = 0;
  /** What `next` waits for: a line end, or this many bytes from `at`. */
  let need: number | 'line' = 'line';
  let array: BulkArray | undefined;
  let bulk = -1;
  let draining: Draining | undefined;
  let fault: RequestFault | undefined;

  const gather = (): void => {
    if (partsLength === 0 && at === 0) return;
    buffer = at < buffer.length ? buffer.slice(at) + parts.join('') : parts.join('');
    at = 0;
    parts = [];
    partsLength = 0;
  };
  const fail = (message: string): RequestFault => {
    fault = { kind: 'fault', message };
    buffer = '';
    at = 0;
    parts = [];
    partsLength = 0;
    return fault;
  };
  /**
   * The end of the line that begins at `at`, -1 when it has not come. Redis looks for CR in RESP and LF inline, with
   * strchr: behind a NUL it finds nothing.
   */
  const lineEnd = (mark: string): number => {
    const end = buffer.indexOf(mark, at);
    return end >= 0 && buffer.slice(at, end).includes('\0') ? -1 : end;
  };

  /** A number line of RESP: its text, undefined while incomplete, a fault when too long. */
  const header = (what: string, limits: RequestLimits): ByteString | undefined | RequestFault => {
    const end = lineEnd('\r');
    if (end < 0 || end + 1 >= buffer.length) {
      if (end < 0 && buffer.length - at > limits.maxInline) return fail(`too big ${what} count string`);
      need = end < 0 ? 'line' : end + 2 - at;
      return undefined;
    }
    const text = buffer.slice(at, end);
    at = end + 2;
    return text;
  };

  /** The number of a whole header line when it is as clients write it; -1 when it has to be looked at closely. */
  const plainNumber = (): number => {
    let place = at + 1;
    let value = 0;
    let code = buffer.charCodeAt(place);
    while (code >= 48 && code <= 57 && place - at < 9) {
      value = 10 * value + code - 48;
      code = buffer.charCodeAt(++place);
    }
    const digits = place - at - 1;
    if (code !== 13 || digits === 0 || place + 1 >= buffer.length) return -1;
    if (digits > 1 && buffer.charCodeAt(at + 1) === 48) return -1;
    at = place + 2;
    return value;
  };

  const inline = (limits: RequestLimits): Request | RequestFault | undefined => {
    const end = lineEnd('\n');
    if (end < 0) {
      if (buffer.length - at > limits.maxInline) return fail('too big inline request');
      need = 'line';
      return undefined;
    }
    const stop = end > at && buffer[end - 1] === '\r' ? end - 1 : end;
    const argv = inlineArguments(buffer.slice(at, stop));
    at = end + 1;
    return argv === undefined
      ? fail('unbalanced quotes in request')
      : { kind: 'request', argv, cut: NO_CUTS, dropped: 0 };
  };

  const startArray = (limits: RequestLimits): RequestFault | undefined => {
    let count: number | undefined = plainNumber();
    if (count < 0) {
      const text = header('mbulk', limits);
      if (text === undefined || typeof text === 'object') return text;
      count = wholeNumber(text.slice(1));
    }
    if (count === undefined || count > limits.maxArguments) return fail('invalid multibulk length');
    if (count > UNAUTHENTICATED_ARGUMENTS && limits.unauthenticated) {
      return fail('unauthenticated multibulk length');
    }
    if (count > 0) array = { argv: [], cut: [], expected: count, index: 0, kept: 0 };
    return undefined;
  };

  const bulkHeader = (limits: RequestLimits): RequestFault | undefined => {
    let length: number | undefined = buffer.charCodeAt(at) === 36 ? plainNumber() : -1;
    if (length < 0) {
      const end = lineEnd('\r');
      if (end >= 0 && end + 1 < buffer.length && buffer[at] !== '$') {
        return fail(`expected '$', got '${(buffer[at] ?? '').replace(/[\r\n]/, ' ')}'`);
      }
      const text = header('bulk', limits);
      if (text === undefined || typeof text === 'object') return text;
      length = wholeNumber(text.slice(1));
    }
    if (length === undefined || length < 0 || length > limits.maxBulk) return fail('invalid bulk length');
    if (length > UNAUTHENTICATED_BULK && limits.unauthenticated) return fail('unauthenticated bulk length');
    bulk = length;
    return undefined;
  };

  const addArgument = (into: BulkArray, text: ByteString, limits: RequestLimits): void => {
    if (into.kept + ARGUMENT_OVERHEAD <= limits.keep) into.argv.push(text);
    into.kept += text.length + ARGUMENT_OVERHEAD;
    into.index++;
    bulk = -1;
  };

  /** One argument; true when the loop can go on, false when more bytes are needed. */
  const takeBulk = (into: BulkArray, limits: RequestLimits): boolean => {
    if (bulk > HEAD && into.kept + bulk > limits.keep) return startDraining();
    if (buffer.length - at < bulk + 2) {
      need = bulk + 2;
      return false;
    }
    const text = buffer.slice(at, at + bulk);
    at += bulk + 2;
    addArgument(into, text, limits);
    return true;
  };
  const startDraining = (): boolean => {
    if (buffer.length - at < HEAD) {
      need = HEAD;
      return false;
    }
    const hash = createHash('sha256');
    draining = { head: buffer.slice(at, at + HEAD), length: bulk, hash, left: bulk + 2 };
    return true;
  };
  const drain = (into: BulkArray, work: Draining, limits: RequestLimits): boolean => {
    const take = Math.min(work.left, buffer.length - at);
    const content = Math.min(take, Math.max(0, work.left - 2));
    work.hash.update(buffer.slice(at, at + content), 'latin1');
    at += take;
    work.left -= take;
    if (work.left > 0) {
      need = 1;
      return false;
    }
    into.cut.push({ index: into.index, length: work.length, sha256: work.hash.digest('hex') });
    draining = undefined;
    addArgument(into, work.head, limits);
    return true;
  };

  const fillArray = (into: BulkArray, limits: RequestLimits): Request | RequestFault | undefined => {
    while (into.index < into.expected) {
      if (draining !== undefined) {
        if (!drain(into, draining, limits)) return undefined;
        continue;
      }
      if (bulk < 0) {
        const wrong = bulkHeader(limits);
        if (wrong !== undefined) return wrong;
        if (bulk < 0) return undefined;
      }
      if (!takeBulk(into, limits)) return undefined;
    }
    array = undefined;
    const { argv, cut, index } = into;
    return {
      kind: 'request',
      argv,
      cut: cut.length === 0 ? NO_CUTS : cut.filter((one) => one.index < argv.length),
      dropped: index - argv.length,
    };
  };

  return {
    push: (chunk) => {
      if (fault !== undefined || chunk === '') return;
      parts.push(chunk);
      partsLength += chunk.length;
      const waiting = buffer.length - at + partsLength;
      const enough =
        need === 'line'
          ? waiting > LONGEST_LINE || chunk.includes('\n') || chunk.includes('\r')
          : waiting >= need;
      if (enough) gather();
    },
    next: (limits) => {
      if (fault !== undefined) return fault;
      if (partsLength > 0 && buffer.length === at) gather();
      for (;;) {
        if (array !== undefined) return fillArray(array, limits);
        if (at >= buffer.length) {
          // Nothing is left: the read that it came with need not be kept.
          buffer = '';
          at = 0;
          return undefined;
        }
        if (buffer[at] !== '*') {
          const request = inline(limits);
          if (request?.kind !== 'request' || request.argv.length > 0) return request;
          continue;
        }
        const before = at;
        const wrong = startArray(limits);
        if (wrong !== undefined) return wrong;
        if (array === undefined && at === before) return undefined;
      }
    },
    held: () => buffer.length - at + partsLength + (array?.kept ?? 0),
    announced: () => draining?.length ?? Math.max(0, bulk),
  };
}

const NO_CUTS: readonly CutArgument[] = [];

/** Above every `maxInline`: here a line that has not ended is looked at again, to refuse it. */
const LONGEST_LINE = 65_536;

/** A decimal number as Redis reads one (string2ll): no blanks, no leading zeros, no plus. */
function wholeNumber(text: ByteString): number | undefined {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text.slice(0, 24)) || text.length > 20) return undefined;
  return Number(text);
}
