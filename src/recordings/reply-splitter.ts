import type { ByteString } from '../model/bytes.ts';

/** Cuts a stream of replies into whole ones, byte for byte. */
export interface ReplySplitter {
  push(bytes: ByteString): void;
  /** The next whole reply; undefined when more bytes are needed, or what comes is no reply (`broken`). */
  next(): ByteString | undefined;
  readonly broken: boolean;
  /** Bytes that are no whole reply. */
  rest(): ByteString;
}

const DEEPEST = 1_000;
const LONGEST = 67_108_864;
/** A longer line is none of Redis. */
const LONGEST_LINE = 131_072;

/** RESP2 and RESP3; linear in the bytes. What is broken stays so, and is kept as it came. */
export function createReplySplitter(): ReplySplitter {
  let parts: ByteString[] = [];
  let waiting = 0;
  let buffer = '';
  let at = 0;
  /** How long `buffer` has to be for the next step. */
  let need = 0;
  /** Elements that are still to come of the aggregates that are open. */
  let left: number[] = [];
  let broken = false;

  const gather = (): void => {
    buffer += parts.join('');
    parts = [];
    waiting = 0;
  };
  const fail = (): boolean => {
    broken = true;
    return false;
  };
  const canGoOn = (): boolean => !broken && need === 0 && at < buffer.length;
  /** A value has ended; true when a whole reply has. */
  const ended = (): boolean => {
    for (let top = left.pop(); top !== undefined; top = left.pop()) {
      if (top > 1) {
        left.push(top - 1);
        return false;
      }
    }
    return true;
  };
  const open = (count: number): boolean => {
    if (count <= 0) return ended();
    if (left.length >= DEEPEST || count > LONGEST) return fail();
    left.push(count);
    return false;
  };
  const string = (head: number, length: number): boolean => {
    if (length < 0) {
      at = head;
      return ended();
    }
    const end = head + length + 2;
    if (buffer.length < end) {
      need = end;
      return false;
    }
    if (buffer.slice(end - 2, end) !== '\r\n') return fail();
    at = end;
    return ended();
  };
  /** One value, or what opens an aggregate. */
  const step = (): boolean => {
    const line = buffer.indexOf('\r\n', at);
    if (line < 0) {
      need = buffer.length + 1;
      return buffer.length - at > LONGEST_LINE ? fail() : false;
    }
    const type = buffer[at] ?? '';
    const head = line + 2;
    if ('+-:,#(_'.includes(type)) {
      at = head;
      return ended();
    }
    const text = buffer.slice(at + 1, line);
    if (!/^(-1|\d{1,9})$/.test(text)) return fail();
    const count = Number(text);
    if (count > LONGEST || at > LONGEST) return fail();
    if ('$=!'.includes(type)) return string(head, count);
    if (!'*~>%|'.includes(type)) return fail();
    at = head;
    if (type === '|') return open(2 * count + 1);
    return open(type === '%' ? 2 * count : count);
  };
  return {
    push: (bytes) => {
      parts.push(bytes);
      waiting += bytes.length;
    },
    next: () => {
      if (broken || buffer.length + waiting < need) return undefined;
      gather();
      need = 0;
      while (canGoOn()) {
        if (!step()) continue;
        const reply = buffer.slice(0, at);
        buffer = buffer.slice(at);
        at = 0;
        return reply;
      }
      return undefined;
    },
    get broken() {
      return broken;
    },
    rest: () => buffer + parts.join(''),
  };
}
