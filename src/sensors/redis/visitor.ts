import type { Client, RedisServer } from '../../emulator/client.ts';
import type { ActOf } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Request } from '../../wire/request-decoder.ts';
import { createRequestDecoder } from '../../wire/request-decoder.ts';
import type { Arrival } from '../doors.ts';
import type { WatchedSession } from '../flood.ts';
import type { Tapes } from '../tape.ts';
import type { SensorLimits } from './limits.ts';
import { createOutbox } from './outbox.ts';
import { createWitness } from './witness.ts';

export type EndReason = ActOf<'session.closed'>['reason'];

/** What the visitors of one sensor share. */
export interface Premises {
  readonly redis: RedisServer;
  readonly clock: Clock;
  readonly limits: SensorLimits;
  /** Where the bytes of both sides are kept, when they are. */
  readonly tapes: Tapes | undefined;
  /** Undefined while events are taken; else resolves when they are again. */
  congestion(): Promise<void> | undefined;
  /** Told of a request that the sensor failed at, and its connection with it; without it the error goes on its way. */
  onFault: ((error: unknown) => void) | undefined;
  /** Bytes of unfinished requests that all visitors hold, and of replies that they have not read. */
  held: number;
  unread: number;
}

/** One connection. It ends by itself; `end` is for the sensor. */
export interface Visitor {
  /** Records what was counted only. */
  settle(): void;
  /** There are too many: says so and hangs up. */
  refuse(): void;
  end(reason: EndReason): void;
}

/** One visitor's share of a turn: after it the others come first. */
const TURN_REQUESTS = 1_000;
const TURN_BYTES = 262_144;
const TURN_MS = 10;
/** Unread replies above which a visitor's next requests have to wait. */
const PAUSE_BYTES = 1_048_576;
/** An unfinished request that is this small may be held whatever the others hold. */
const SMALL_REQUEST = 65_536;
/** How long the last reply may take to leave. */
const LINGER_MS = 10_000;

/**
 * Serves one connection until it ends: bytes to requests, requests to replies and acts. Nothing is sent but replies,
 * and one write a turn carries them. `onEnd` is called once.
 */
export function serveVisitor(
  { socket, origin, local: dialled, via, tls }: Arrival,
  session: WatchedSession,
  premises: Premises,
  onEnd: () => void,
): Visitor {
  const { redis, clock, limits } = premises;
  const local = dialled ?? { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  const witness = createWitness(session, redis, clock, limits.plainCommands);
  const tape = premises.tapes?.open(session, origin, local);
  const outbox = createOutbox(
    socket,
    premises,
    () => leave('limit', true),
    (bytes) => tape?.add('sensor', bytes),
  );
  const decoder = createRequestDecoder();
  const client = redis.connect(
    { ...origin, localAddress: local.address, localPort: local.port },
    {
      send: (bytes) => outbox.late(bytes),
      close: () => leave('server', true),
      // Not within the turn of whoever woke it.
      resume: () => void setImmediate(serve),
      session,
    },
  );
  let held = 0;
  /** A turn is due, or events have to be taken first: `serve` will be called. */
  let waiting = false;
  let ended = false;
  let reason: EndReason | undefined;

  const leave = (why: EndReason, atOnce = false): void => {
    if (reason !== undefined) return;
    reason = why;
    if (atOnce) socket.destroy();
    else {
      // Paused: what still comes must not keep the connection alive.
      socket.pause();
      socket.setTimeout(LINGER_MS);
      socket.destroySoon();
    }
  };
  const later = (): void => {
    waiting = true;
    socket.pause();
  };
  const again = (): void => {
    waiting = false;
    serve();
  };
  const hold = (): void => {
    premises.held += decoder.held() - held;
    held = decoder.held();
    if (premises.held > limits.heldBytesTotal && held > SMALL_REQUEST) leave('limit', true);
  };

  /** A fault of ours costs one connection, and not the sensor: as a server that crashes would, it says nothing more. */
  const answer = (to: Client, request: Request, now: number): ByteString => {
    try {
      return witness.run(to, request, now);
    } catch (error) {
      if (premises.onFault === undefined) throw error;
      premises.onFault(error);
      leave('server', true);
      return '';
    }
  };
  /** Runs requests until none is whole, or the turn is over. True when there may be more. */
  const turn = (): boolean => {
    if (client === undefined) return false;
    client.begin();
    const now = clock.now();
    for (let count = 1; ; count++) {
      const request = decoder.next(client.limits());
      if (request === undefined) return false;
      if (request.kind === 'fault') {
        outbox.add(client.fault(request));
        witness.sawFault(request.message);
        return false;
      }
      outbox.add(answer(client, request, now));
      if (reason !== undefined || client.standing.closing || client.standing.blocked) return false;
      if (client.spentMs() > TURN_MS || count >= TURN_REQUESTS || outbox.pending() >= TURN_BYTES) return true;
    }
  };
  const serve = (): void => {
    if (waiting || reason !== undefined || client === undefined || client.standing.blocked) return;
    const congestion = premises.congestion();
    if (congestion !== undefined) {
      later();
      void congestion.then(again, again);
      return;
    }
    if (outbox.unread() > PAUSE_BYTES) {
      socket.pause();
      return;
    }
    const more = turn();
    hold();
    const sent = client.standing.aborted ? 0 : outbox.flush();
    client.account(witness.takeBytesIn(), sent, decoder.announced());
    if (client.standing.closing) {
      leave(witness.endReason(), client.standing.aborted);
    } else if (more) {
      later();
      setImmediate(again);
    } else if (ended) leave('visitor');
    else if (socket.isPaused()) socket.resume();
  };

  session.emit({
    type: 'session.opened',
    protocol: 'redis',
    local,
    ...(via === undefined ? {} : { via }),
    ...(tls === undefined ? {} : { tls }),
  });
  socket
    .on('data', (chunk: Buffer) => {
      if (reason !== undefined) return;
      const bytes = chunk.toString('latin1');
      tape?.add('visitor', chunk);
      witness.received(bytes);
      decoder.push(bytes);
      serve();
    })
    .on('drain', () => {
      outbox.drained();
      serve();
    })
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
      outbox.drained();
      client?.disconnect();
      witness.closed(reason, outbox.sent());
      tape?.end();
      onEnd();
    });
  socket.setTimeout(limits.idleMs);
  const refuse = (): void => {
    outbox.add(redis.refusal);
    outbox.flush();
    leave('limit');
  };
  if (client === undefined) refuse();
  return { settle: () => witness.settle(), refuse, end: (why) => leave(why, true) };
}
