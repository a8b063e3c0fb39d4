import type { Socket } from 'node:net';
import type { ByteString } from '../../model/bytes.ts';
import type { Premises } from './visitor.ts';

/** Replies on their way out: gathered during a turn, then written at once. */
export interface Outbox {
  add(bytes: ByteString): void;
  /** Bytes that are no answer to the request at hand: pub/sub, MONITOR. They go out before the next event. */
  late(bytes: ByteString): void;
  /** Writes what was gathered; returns how many bytes. */
  flush(): number;
  drained(): void;
  pending(): number;
  /** Bytes written that the visitor has not read, as far as known. */
  unread(): number;
  sent(): number;
}

/** Unread bytes that a visitor may leave however much the others leave. */
const SMALL_BACKLOG = 65_536;

/** `onSent` is told what goes out, as it does. */
export function createOutbox(
  socket: Socket,
  premises: Premises,
  onOverflow: () => void,
  onSent: (bytes: ByteString) => void,
): Outbox {
  let text = '';
  let unread = 0;
  let sent = 0;
  let scheduled = false;
  let overflowed = false;

  const known = (now: number): void => {
    premises.unread += now - unread;
    unread = now;
  };
  const flush = (): number => {
    const bytes = text;
    text = '';
    if (bytes === '' || socket.destroyed || !socket.writable) return 0;
    const { unreadBytes, unreadBytesTotal } = premises.limits;
    const left = socket.writableLength + bytes.length;
    // One reply may be as long as it likes, as long as nothing is left unread before it.
    const tooMuch = unread > 0 && left > unreadBytes;
    if (tooMuch || (left > SMALL_BACKLOG && premises.unread > unreadBytesTotal)) {
      onOverflow();
      return 0;
    }
    sent += bytes.length;
    onSent(bytes);
    known(socket.write(bytes, 'latin1') ? 0 : socket.writableLength);
    return bytes.length;
  };
  return {
    add: (bytes) => {
      text += bytes;
    },
    late: (bytes) => {
      if (overflowed || socket.destroyed) return;
      if (text.length + bytes.length > premises.limits.unreadBytes) {
        overflowed = true;
        text = '';
        onOverflow();
        return;
      }
      text += bytes;
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        flush();
      });
    },
    flush,
    drained: () => known(0),
    pending: () => text.length,
    unread: () => unread,
    sent: () => sent,
  };
}
