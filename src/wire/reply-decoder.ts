import type { ByteString } from './byte-string.ts';
import type { Reply, ReplyFault, ReplyFaultCode, ReplyPair } from './reply.ts';
import type { ReplyLimits } from './reply-limits.ts';
import { ELEMENT_OVERHEAD } from './reply-limits.ts';
import { bigNumberLine, booleanLine, doubleLine, integerLine, lengthLine } from './reply-numbers.ts';

export interface ReplyDecoder {
  push(chunk: ByteString): void;
  /** The next whole reply, a fault (for ever from then on), or undefined when more bytes are needed. */
  next(): Reply | ReplyFault | undefined;
  /** Bytes held at this moment, without the elements of a reply that is half read. */
  readonly held: number;
  /** True between replies. */
  readonly idle: boolean;
  /** Bytes that the reply `next` returned last takes in memory, with what its elements cost. */
  readonly taken: number;
}

type AggregateKind = 'array' | 'set' | 'push' | 'map' | 'attributed';

interface Aggregate {
  readonly kind: AggregateKind;
  readonly items: Reply[];
  left: number;
}

interface Blob {
  readonly kind: 'bulk' | 'verbatim' | 'error';
  readonly length: number;
  head: ByteString | undefined;
  /** Bytes of the body still to come, once the head has been taken. */
  left: number;
}

/**
 * Decodes replies of RESP2 and RESP3. Bytes may arrive in any pieces; the work is linear in the bytes however they are
 * cut, and memory is bounded by the limits. Streamed strings and aggregates are refused: no Redis sends them.
 */
export function createReplyDecoder(limits: ReplyLimits): ReplyDecoder {
  let buffer = '';
  let at = 0;
  /** Pieces that came after `buffer` and cannot complete what is waited for. */
  let parts: ByteString[] = [];
  let partsLength = 0;
  let last = '';
  /** What `next` waits for: a line end, or this many bytes from `at`. */
  let need: number | 'line' = 'line';
  let waiting = false;
  let stack: Aggregate[] = [];
  let blob: Blob | undefined;
  let elements = 0;
  let kept = 0;
  let taken = 0;
  let fault: ReplyFault | undefined;

  const clear = (): void => {
    buffer = '';
    at = 0;
    parts = [];
    partsLength = 0;
  };
  const gather = (): void => {
    if (partsLength === 0) return;
    const rest = at < buffer.length ? buffer.slice(at) + parts.join('') : parts.join('');
    clear();
    buffer = rest;
  };
  const fail = (code: ReplyFaultCode, message: string): undefined => {
    fault = { kind: 'fault', fault: code, message };
    clear();
    stack = [];
    blob = undefined;
    return undefined;
  };
  const keep = (bytes: number): boolean => {
    kept += bytes + ELEMENT_OVERHEAD;
    if (kept <= limits.maxKept) return true;
    fail('too-large', `a reply that takes more than ${limits.maxKept} bytes`);
    return false;
  };

  const wait = (bytes: number): undefined => {
    need = bytes;
    waiting = true;
    return undefined;
  };

  const line = (): ByteString | undefined => {
    const end = buffer.indexOf('\r\n', at);
    const length = (end < 0 ? buffer.length - 1 : end) - at;
    if (length > limits.maxLine) return fail('line-too-long', `a line longer than ${limits.maxLine} bytes`);
    if (end < 0) {
      waiting = true;
      return undefined;
    }
    const text = buffer.slice(at, end);
    at = end + 2;
    return text;
  };

  const startBlob = (kind: Blob['kind'], text: ByteString): Reply | undefined => {
    const length = lengthLine(text);
    if (length === 'streamed') return fail('streamed', 'a streamed string');
    if (length === 'null' && kind === 'bulk') return { kind: 'null' };
    if (typeof length !== 'number') return fail('bad-length', 'a string whose length is no number');
    if (length > limits.maxBulk) return fail('bulk-too-long', `a string of ${length} bytes`);
    if (kind === 'verbatim' && length < 4) return fail('bad-length', 'a verbatim string without a format');
    blob = { kind, length, head: undefined, left: length };
    return takeBlob(blob);
  };
  const keepOfBulk = (): number =>
    limits.keepLess !== undefined && kept > limits.maxKept / 4
      ? Math.min(limits.keepLess, limits.keepBulk)
      : limits.keepBulk;
  const takeBlob = (one: Blob): Reply | undefined => {
    if (one.head === undefined) {
      const wanted = Math.min(one.length, keepOfBulk());
      const whole = wanted === one.length ? wanted + 2 : wanted;
      if (buffer.length - at < whole) {
        return wait(whole);
      }
      if (!keep(wanted)) return undefined;
      one.head = buffer.slice(at, at + wanted);
      at += wanted;
      one.left = one.length - wanted;
    }
    const skip = Math.min(one.left, buffer.length - at);
    at += skip;
    one.left -= skip;
    if (one.left > 0 || buffer.length - at < 2) {
      return wait(one.left > 0 ? 1 : 2);
    }
    if (buffer[at] !== '\r' || buffer[at + 1] !== '\n') {
      return fail('bad-end', 'a string that is longer than announced');
    }
    at += 2;
    blob = undefined;
    return (
      blobReply(one.kind, one.head, one.length) ?? fail('bad-length', 'a verbatim string without a format')
    );
  };

  const startAggregate = (kind: AggregateKind, text: ByteString): Reply | undefined => {
    const length = lengthLine(text);
    if (length === 'streamed') return fail('streamed', 'a streamed aggregate');
    if (length === 'null' && kind === 'array') return { kind: 'null' };
    if (typeof length !== 'number') return fail('bad-length', 'an aggregate whose length is no number');
    const count = kind === 'map' || kind === 'attributed' ? length * 2 : length;
    elements += count;
    if (elements > limits.maxElements) {
      return fail('too-many-elements', `a reply of more than ${limits.maxElements} elements`);
    }
    if (stack.length >= limits.maxDepth) {
      return fail('too-deep', `aggregates more than ${limits.maxDepth} deep`);
    }
    if (!keep(0)) return undefined;
    // The reply that attributes belong to comes right behind them: it is the aggregate's last element.
    const left = kind === 'attributed' ? count + 1 : count;
    if (left === 0) return aggregateReply({ kind, items: [], left });
    stack.push({ kind, items: [], left });
    return undefined;
  };

  const startValue = (text: ByteString): Reply | undefined => {
    const rest = text.slice(1);
    switch (text[0]) {
      case '+':
        return keep(rest.length) ? { kind: 'simple', text: rest } : undefined;
      case '-':
        return keep(rest.length) ? { kind: 'error', text: rest } : undefined;
      case '$':
        return startBlob('bulk', rest);
      case '=':
        return startBlob('verbatim', rest);
      case '!':
        return startBlob('error', rest);
      case '*':
        return startAggregate('array', rest);
      case '~':
        return startAggregate('set', rest);
      case '>':
        return startAggregate('push', rest);
      case '%':
        return startAggregate('map', rest);
      case '|':
        return startAggregate('attributed', rest);
      case ':':
        return number(rest, integerLine(rest));
      case ',':
        return number(rest, doubleLine(rest));
      case '#':
        return number(rest, booleanLine(rest));
      case '(':
        return number(rest, bigNumberLine(rest));
      case '_':
        return number(rest, rest === '' ? { kind: 'null' } : undefined);
      default:
        return fail('unknown-type', 'bytes that are no reply of Redis');
    }
  };
  const number = (text: ByteString, value: Reply | undefined): Reply | undefined => {
    if (value === undefined) return fail('bad-number', 'a number that is none');
    return keep(text.length) ? value : undefined;
  };

  /** Puts a value where it belongs; the whole reply once its outermost aggregate is full. */
  const deliver = (value: Reply): Reply | undefined => {
    let whole = value;
    for (;;) {
      const into = stack.at(-1);
      if (into === undefined) {
        elements = 0;
        taken = kept;
        kept = 0;
        return whole;
      }
      into.items.push(whole);
      into.left -= 1;
      if (into.left > 0) return undefined;
      stack.pop();
      whole = aggregateReply(into);
    }
  };

  const canGoOn = (): boolean => fault === undefined && !waiting && at < buffer.length;

  /** One value; undefined when an aggregate was opened, a fault met, or more bytes are needed (`waiting`). */
  const step = (): Reply | undefined => {
    if (blob !== undefined) return takeBlob(blob);
    if (!TYPES.includes(buffer[at] ?? '')) return fail('unknown-type', 'bytes that are no reply of Redis');
    const text = line();
    return text === undefined ? undefined : startValue(text);
  };

  return {
    push: (chunk) => {
      if (fault !== undefined || chunk === '') return;
      parts.push(chunk);
      partsLength += chunk.length;
      const held = buffer.length - at + partsLength;
      const ended = chunk.includes('\r\n') || (last === '\r' && chunk.startsWith('\n'));
      last = chunk.at(-1) ?? '';
      if (need === 'line' ? ended || held > limits.maxLine + 1 : held >= need) gather();
    },
    next: () => {
      if (buffer.length === at) gather();
      waiting = false;
      while (canGoOn()) {
        need = 'line';
        const value = step();
        const whole = value === undefined ? undefined : deliver(value);
        if (whole !== undefined) return whole;
      }
      return fault;
    },
    get held() {
      return buffer.length - at + partsLength;
    },
    get taken() {
      return taken;
    },
    get idle() {
      return stack.length === 0 && blob === undefined && buffer.length - at + partsLength === 0;
    },
  };
}

const TYPES = '+-:$=!*~>%|,#(_';

function blobReply(kind: Blob['kind'], head: ByteString, length: number): Reply | undefined {
  switch (kind) {
    case 'bulk':
      return { kind: 'bulk', text: head, length };
    case 'error':
      return { kind: 'error', text: head };
    case 'verbatim':
      return head[3] === ':'
        ? { kind: 'verbatim', format: head.slice(0, 3), text: head.slice(4), length: length - 4 }
        : undefined;
  }
}

function aggregateReply({ kind, items }: Aggregate): Reply {
  switch (kind) {
    case 'array':
    case 'set':
    case 'push':
      return { kind, items };
    case 'map':
      return { kind, pairs: pairsOf(items) };
    case 'attributed':
      return { kind, attributes: pairsOf(items.slice(0, -1)), reply: items.at(-1) ?? { kind: 'null' } };
  }
}

function pairsOf(items: readonly Reply[]): ReplyPair[] {
  const pairs: ReplyPair[] = [];
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, value] = items.slice(at, at + 2);
    if (key !== undefined && value !== undefined) pairs.push([key, value]);
  }
  return pairs;
}
