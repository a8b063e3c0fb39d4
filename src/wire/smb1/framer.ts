/** Longest message that is taken; the length field could promise 16 MiB. Windows takes 128 KiB as well. */
const MESSAGE_MOST = 131_072;
const HEADER = 4;
const MARK = 4;
const SAMPLE = 256;
/** What a connection keeps allocated between messages. */
const SMALL = 4_096;

export type Frame =
  /** A whole SMB message, from its `\xffSMB` on. */
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** NetBIOS session service: a client on port 139 names whom it calls; keep-alives come at any time. */
  | { readonly kind: 'session-request' | 'keep-alive' }
  /** Not SMB1. `announced` is the length that the frame claims. */
  | {
      readonly kind: 'fault';
      readonly fault: 'smb2' | 'no-smb' | 'too-long' | 'no-netbios';
      readonly announced: number;
      /** The first bytes of the broken frame, at most 256. */
      readonly head: Buffer;
    };

/** Frames of the NetBIOS session service (RFC 1002, 4.3) and of direct TCP, incrementally. */
export interface Framer {
  push(chunk: Buffer): void;
  /** Undefined while more bytes are needed, and for ever after a fault. */
  next(): Frame | undefined;
  /** Bytes that wait for the rest of their frame. */
  held(): number;
}

/** Holds at most one unfinished frame, and what one chunk brought. A fault is told as soon as it can be seen. */
export function createFramer(): Framer {
  let store = Buffer.alloc(0);
  let from = 0;
  let to = 0;
  let broken = false;

  const fault = (kind: Extract<Frame, { kind: 'fault' }>['fault'], announced: number): Frame => {
    broken = true;
    const head = Buffer.from(store.subarray(from, Math.min(to, from + SAMPLE)));
    store = Buffer.alloc(0);
    from = to = 0;
    return { kind: 'fault', fault: kind, announced, head };
  };
  const take = (length: number): Buffer => {
    const bytes = Buffer.from(store.subarray(from + HEADER, from + HEADER + length));
    from += HEADER + length;
    if (from === to) {
      from = to = 0;
      if (store.length > SMALL) store = Buffer.alloc(0);
    }
    return bytes;
  };
  const message = (length: number): Frame | undefined => {
    if (length > MESSAGE_MOST) return fault('too-long', length);
    const mark = store.toString('latin1', from + HEADER, Math.min(to, from + HEADER + MARK));
    if (!'\xffSMB'.startsWith(mark)) {
      if (!'\xfeSMB'.startsWith(mark)) return fault('no-smb', length);
      return mark.length === MARK ? fault('smb2', length) : undefined;
    }
    if (length < MARK) return fault('no-smb', length);
    return to - from < HEADER + length ? undefined : { kind: 'message', bytes: take(length) };
  };
  const service = (kind: 'session-request' | 'keep-alive', length: number): Frame | undefined => {
    if (length > SMALL) return fault('no-netbios', length);
    if (to - from < HEADER + length) return undefined;
    take(length);
    return { kind };
  };
  return {
    push: (chunk) => {
      if (broken) return;
      const held = to - from;
      if (store.length < to + chunk.length) {
        // Doubled, so that a message that drips in byte by byte is copied a few times only.
        const room = Math.max(held + chunk.length, Math.min(2 * held, HEADER + MESSAGE_MOST));
        const larger = store.length >= room ? store : Buffer.allocUnsafe(room);
        store.copy(larger, 0, from, to);
        store = larger;
        from = 0;
        to = held;
      }
      chunk.copy(store, to);
      to += chunk.length;
    },
    next: () => {
      if (broken || to - from < HEADER) return undefined;
      const length = store.readUIntBE(from + 1, 3);
      switch (store[from]) {
        case 0x00:
          return message(length);
        case 0x81:
          return service('session-request', length);
        case 0x85:
          return service('keep-alive', length);
        default:
          return fault('no-netbios', length);
      }
    },
    held: () => to - from,
  };
}

/** A message in its frame. */
export function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(HEADER);
  head.writeUIntBE(message.length, 1, 3);
  return Buffer.concat([head, message]);
}

/** "Positive session response". */
export const SESSION_GRANTED = Buffer.from([0x82, 0, 0, 0]);
