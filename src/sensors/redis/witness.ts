import type { Client, RedisServer } from '../../emulator/client.ts';
import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { SessionRecorder } from '../../model/recorder.ts';
import type { Clock } from '../../platform/clock.ts';
import { createBurstCounter } from '../../redis/burst.ts';
import type { CommandOutcome } from '../../redis/interpret.ts';
import { interpretCommand } from '../../redis/interpret.ts';
import { looksLike } from '../../wire/looks-like.ts';
import type { Request } from '../../wire/request-decoder.ts';
import { createQueuedContext } from './queued-context.ts';
import type { EndReason } from './visitor.ts';

/** Sees what a visitor does and says it as acts. */
export interface Witness {
  received(bytes: ByteString): void;
  /** Runs a request and records it with its outcome; returns the reply. */
  run(client: Client, request: Request, now: number): ByteString;
  /** The bytes at hand cannot be read as requests. */
  sawFault(message: string): void;
  /** Why a connection that the server ends does so. */
  endReason(): EndReason;
  /** Bytes received since the last call. */
  takeBytesIn(): number;
  settle(): void;
  closed(reason: EndReason, bytesOut: number): void;
}

const SAMPLE = 256;
/** What a web browser says, and Redis hangs up on. */
const BROWSER = new Set(['post', 'host:']);

export function createWitness(
  session: SessionRecorder,
  redis: RedisServer,
  clock: Clock,
  plainCommands: number,
): Witness {
  const burst = createBurstCounter(plainCommands);
  const context = createQueuedContext(redis);
  const opened = clock.monotonic();
  /** The first bytes of the session, until a request was understood. */
  let first = '';
  /** What was read last, during its turn. */
  let current = '';
  let faultTold = false;
  let commands = 0;
  let bytesIn = 0;
  let bytesNew = 0;
  let quit = false;
  let broken = false;

  const tellFault = (fault: string): void => {
    if (faultTold) return;
    faultTold = true;
    const sample = (commands > 0 ? current : first).slice(0, SAMPLE);
    session.emit({ type: 'wire.fault', fault, looksLike: looksLike(sample), sample });
  };
  const record = ({ argv, cut }: Request, db: number, reply: ByteString): void => {
    const acts = interpretCommand(argv, outcomeOf(reply), { ...context.of(db), cut });
    context.note(acts, reply);
    for (const act of burst.admit(acts, clock.now())) session.emit(act);
  };
  const settle = (): void => {
    const counted = burst.take(clock.now());
    if (counted !== undefined) session.emit(counted);
  };
  return {
    received: (bytes) => {
      bytesIn += bytes.length;
      bytesNew += bytes.length;
      current = bytes;
      if (commands > 0 || first.length >= SAMPLE) return;
      first = ownedBytes(first + bytes.slice(0, SAMPLE - first.length));
      if (!['redis', 'unknown'].includes(looksLike(first))) tellFault('another protocol');
    },
    run: (client, request, now) => {
      const { argv } = request;
      const { db } = client.standing;
      commands++;
      const reply = client.run(request);
      if (client.standing.closing) {
        quit = (argv[0] ?? '').toLowerCase() === 'quit';
        broken = BROWSER.has(client.standing.lastCommand ?? '');
        if (broken) tellFault('request of another protocol');
      }
      const name = client.standing.lastCommand;
      if (name === undefined || !burst.swallow(name, argv, now)) record(request, db, reply);
      return reply;
    },
    sawFault: (message) => {
      broken = true;
      tellFault(message);
    },
    endReason: () => {
      if (broken) return 'protocol-error';
      return quit ? 'quit' : 'server';
    },
    takeBytesIn: () => {
      const bytes = bytesNew;
      bytesNew = 0;
      current = '';
      return bytes;
    },
    settle,
    closed: (reason, bytesOut) => {
      settle();
      if (commands === 0 && bytesIn > 0) tellFault('no complete request');
      const ms = Math.max(0, clock.monotonic() - opened);
      session.emit({ type: 'session.closed', reason, commands, bytesIn, bytesOut, ms: Math.round(ms) });
    },
  };
}

/** How a command was answered, by the reply's first byte and line. */
function outcomeOf(reply: ByteString): CommandOutcome {
  if (reply === '') return { reply: 'none' };
  if (!reply.startsWith('-')) return { reply: 'ok' };
  return { reply: 'error', error: reply.slice(1, reply.indexOf('\r')) };
}
