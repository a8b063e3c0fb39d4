import type { Act, ActOf } from '../../model/act.ts';
import { bytesFromBuffer } from '../../model/bytes.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { looksLike } from '../../wire/looks-like.ts';
import type { Frame } from '../../wire/smb1/framer.ts';
import { createFramer, framed, SESSION_GRANTED } from '../../wire/smb1/framer.ts';
import { SHORTEST } from '../../wire/smb1/header.ts';
import type { Arrival } from '../doors.ts';
import type { WatchedSession } from '../flood.ts';
import type { Guest } from './guest.ts';
import type { SmbLimits } from './limits.ts';
import type { Personality } from './personality.ts';
import { replyTo } from './reply-to.ts';
import { isPlainSmb } from './telling.ts';
import { createTransactions } from './transactions.ts';

export type EndReason = ActOf<'session.closed'>['reason'];

/** What the visitors of one sensor share. */
export interface Premises {
  readonly personality: Personality;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: SmbLimits;
  /** Undefined while events are taken; else resolves when they are again. */
  congestion(): Promise<void> | undefined;
  /** Told of a message that the sensor failed at; its connection goes with it. */
  readonly onFault: ((error: unknown) => void) | undefined;
  /** Bytes of unfinished messages that all visitors hold. */
  held: number;
}

/** One connection. It ends by itself; `end` is for the sensor. */
export interface Visitor {
  /** Lets one go whose message takes too long. */
  settle(): void;
  end(reason: EndReason): void;
}

/** One visitor's share of a turn: after it the others come first. */
const TURN_MESSAGES = 500;
/** Unread replies above which a visitor's next messages have to wait. */
const PAUSE_BYTES = 262_144;
/** An unfinished message that is this small may be held whatever the others hold. */
const SMALL = 4_096;
/** How long the last reply may take to leave. */
const LINGER_MS = 10_000;
/** Length of the frame with which EternalBlue opens the connections that groom the server's memory. */
const GROOMING = 0xfff7;

type Fault = Extract<Frame, { kind: 'fault' }>;
const FAULTS: Readonly<Record<Fault['fault'], string>> = {
  smb2: 'SMB2 or later, not spoken here',
  'no-smb': 'a frame without SMB in it',
  'too-long': 'a message of more than 128 KiB',
  'no-netbios': 'not a frame of the NetBIOS session service',
};

/** Serves one connection until it ends: bytes to messages, messages to replies and acts. `onEnd` is called once. */
export function serveVisitor(
  { socket, local: dialled, via, tls }: Arrival,
  session: WatchedSession,
  premises: Premises,
  onEnd: () => void,
): Visitor {
  const { clock, limits, personality, random } = premises;
  const local = dialled ?? { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  const started = clock.monotonic();
  const framer = createFramer();
  const guest: Guest = {
    personality,
    challenge: Buffer.from(random.hex(8), 'hex'),
    transactions: createTransactions(),
    now: () => clock.now(),
  };
  let [commands, plain, frames, bytesIn, bytesOut, held] = [0, 0, 0, 0, 0, 0];
  /** When the unfinished message began. */
  let since: number | undefined;
  let waiting = false;
  let ended = false;
  let reason: EndReason | undefined;

  const leave = (why: EndReason, atOnce = false): void => {
    if (reason !== undefined) return;
    reason = why;
    if (atOnce) socket.destroy();
    else {
      socket.pause();
      socket.setTimeout(LINGER_MS);
      socket.destroySoon();
    }
  };
  const say = (bytes: Buffer): void => {
    if (socket.destroyed || !socket.writable) return;
    bytesOut += bytes.length;
    socket.write(bytes);
  };
  const emit = (act: Act): void => {
    if (act.type === 'smb.command') commands++;
    if (isPlainSmb(act) && ++plain > limits.plainCommands) return;
    session.emit(act);
  };
  const wireFault = (fault: string, head: Buffer): void => {
    const sample = bytesFromBuffer(head.subarray(0, 256));
    emit({ type: 'wire.fault', fault, looksLike: looksLike(sample), sample });
    leave('protocol-error');
  };
  const take = (frame: Frame): void => {
    frames++;
    switch (frame.kind) {
      case 'session-request':
        say(SESSION_GRANTED);
        break;
      case 'keep-alive':
        break;
      case 'fault':
        if (frame.fault === 'smb2' && frames === 1 && frame.announced === GROOMING) {
          // Stays: the memory it asks for is what such a connection is about. What follows is read and forgotten.
          emit({ type: 'smb.command', name: 'grooming', status: '', bytes: frame.announced });
        } else wireFault(FAULTS[frame.fault], frame.head);
        break;
      case 'message':
        if (frame.bytes.length < SHORTEST)
          wireFault('an SMB message without its header', framed(frame.bytes));
        else {
          const reply = replyTo(frame.bytes, guest, emit);
          if (reply !== undefined) say(framed(reply));
        }
        break;
    }
  };
  /** Takes messages until none is whole, or the turn is over. True when there may be more. */
  const turn = (): boolean => {
    for (let count = 0; count < TURN_MESSAGES && socket.writableLength <= PAUSE_BYTES; count++) {
      const frame = framer.next();
      if (frame === undefined) return false;
      try {
        take(frame);
      } catch (error) {
        if (premises.onFault === undefined) throw error;
        premises.onFault(error);
        leave('server', true);
      }
      if (reason !== undefined) return false;
    }
    return true;
  };
  const hold = (more: boolean): void => {
    const now = framer.held();
    premises.held += now - held;
    since = now === 0 || more ? undefined : (since ?? clock.monotonic());
    held = now;
    if (premises.held > limits.heldBytesTotal && held > SMALL) leave('limit', true);
  };
  const again = (): void => {
    waiting = false;
    serve();
  };
  const serve = (): void => {
    if (waiting || reason !== undefined) return;
    const congestion = premises.congestion();
    if (congestion !== undefined) {
      waiting = true;
      socket.pause();
      void congestion.then(again, again);
      return;
    }
    if (socket.writableLength > PAUSE_BYTES) {
      socket.pause();
      return;
    }
    const more = turn();
    hold(more);
    if (more) {
      socket.pause();
      // Else the drain of what is unread brings the next turn.
      if (socket.writableLength <= PAUSE_BYTES) {
        waiting = true;
        setImmediate(again);
      }
    } else if (ended) leave('visitor');
    else if (socket.isPaused()) socket.resume();
  };

  session.emit({
    type: 'session.opened',
    protocol: 'smb',
    local,
    ...(via === undefined ? {} : { via }),
    ...(tls === undefined ? {} : { tls }),
  });
  socket
    .on('data', (chunk: Buffer) => {
      if (reason !== undefined) return;
      bytesIn += chunk.length;
      framer.push(chunk);
      serve();
    })
    .on('drain', serve)
    .on('end', () => {
      ended = true;
      serve();
    })
    .on('timeout', () => (reason === undefined ? leave('timeout') : socket.destroy()))
    .on('error', () => {
      reason ??= 'error';
    })
    .on('close', () => {
      reason ??= 'visitor';
      premises.held -= held;
      held = 0;
      const ms = Math.round((clock.monotonic() - started) * 1_000) / 1_000;
      session.emit({ type: 'session.closed', reason, commands, bytesIn, bytesOut, ms });
      onEnd();
    });
  socket.setTimeout(limits.idleMs);
  return {
    settle: () => {
      if (since !== undefined && clock.monotonic() - since > limits.messageMs) leave('timeout', true);
    },
    end: (why) => leave(why, true),
  };
}
