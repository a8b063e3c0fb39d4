import type { ByteString } from '../../model/bytes.ts';
import type { Clock } from '../../platform/clock.ts';
import { parseInfo } from '../../redis/info.ts';
import type { Reply } from '../../wire/reply.ts';
import type { AuditConnection } from '../ask/connection.ts';
import { textOf } from '../ask/reply-values.ts';
import type { AuditLimits } from '../limits.ts';
import { serverLoad } from './server-load.ts';
import { WalkStopped } from './walk-stopped.ts';

/** Asks so that other clients of the server get their turn. Throws `WalkStopped` when the walk has to end. */
export interface Pacer {
  /** In small batches with rests in between; one reply each. */
  ask(commands: readonly (readonly ByteString[])[]): Promise<Reply[]>;
  /** One SCAN, with as many as the server answers at ease. */
  scan(cursor: string): Promise<Reply | undefined>;
  /** COUNT of the next SCAN. */
  readonly count: number;
}

/** Microseconds inside a server, measured on 7.0: what the rests are reckoned by, for the network says little. */
const COST_US: Readonly<Record<string, number>> = { SCAN: 5, EXISTS: 1, INFO: 45 };
const COST_OTHER_US = 2;
const COST_OF_A_NAME_US = 0.9;
const COST_OF_A_LOOKUP_US = 0.3;

const FIRST_COUNT = 100;
const LEAST_COUNT = 10;
/** About 0.1 ms in a server: far from a millisecond also where memory is slow and others are busy. */
const MOST_COUNT = 125;
/** A page may take the time of a PING and half of it again, or this much longer. */
const EASE = 1.5;
const EASE_MS = 2;
/** Pages at ease after which more is asked for. */
const EASY_PAGES = 4;
/** So much slower than at the start, so often in a row, and the server has trouble, whoever makes it. */
const SLOW = 20;
const SLOW_MS = 500;
const SLOW_TIMES = 3;
/** Batches after which the server is asked how it is. */
const CHECK_EVERY = 500;
/** A rest of less is put off until it comes to more: timers are no finer, and other clients come in between two batches. */
const LEAST_REST_MS = 4;
const LONGEST_REST_MS = 1_000;

export function createPacer(connection: AuditConnection, limits: AuditLimits, clock: Clock): Pacer {
  let commands = 0;
  let batches = 0;
  let owedMs = 0;
  let count = FIRST_COUNT;
  let easy = 0;
  let slow = 0;
  /** The shortest answer so far stands for a PING. */
  let pingMs = Number.POSITIVE_INFINITY;
  let lastMs = 0;

  const rest = async (): Promise<void> => {
    const ms = Math.max(limits.paceMs, owedMs >= LEAST_REST_MS ? Math.min(owedMs, LONGEST_REST_MS) : 0);
    if (ms <= 0) return;
    owedMs = 0;
    await new Promise((resolve) => setTimeout(resolve, ms));
  };
  const check = async (): Promise<void> => {
    const [reply] = await connection.ask([['INFO']]);
    const { busy } = serverLoad(parseInfo(textOf(reply) ?? ''));
    if (busy !== undefined) throw new WalkStopped(busy);
  };
  const batch = async (some: readonly (readonly ByteString[])[]): Promise<readonly Reply[]> => {
    commands += some.length;
    if (commands > limits.commands)
      throw new WalkStopped(`one audit asks ${limits.commands} questions; more with --max-impact high`);
    batches += 1;
    if (batches % CHECK_EVERY === 0) await check();
    const began = clock.monotonic();
    const replies = await connection.ask(some);
    lastMs = clock.monotonic() - began;
    slow = lastMs > Math.max(pingMs * SLOW, pingMs + SLOW_MS) ? slow + 1 : 0;
    if (slow >= SLOW_TIMES) throw new WalkStopped('it answered ever more slowly');
    pingMs = Math.min(pingMs, lastMs);
    owedMs += (some.reduce((sum, argv) => sum + costUs(argv), 0) / 1_000) * (1 / limits.busyShare - 1);
    await rest();
    return replies;
  };
  return {
    ask: async (all) => {
      if (all.length <= limits.batch) return all.length === 0 ? [] : [...(await batch(all))];
      const replies: Reply[] = [];
      for (let from = 0; from < all.length; from += limits.batch) {
        for (const reply of await batch(all.slice(from, from + limits.batch))) replies.push(reply);
      }
      return replies;
    },
    scan: async (cursor) => {
      const before = pingMs;
      const [reply] = await batch([['SCAN', cursor, 'COUNT', String(count)]]);
      if (lastMs > Math.max(before * EASE, before + EASE_MS)) {
        count = Math.max(LEAST_COUNT, count >> 1);
        easy = 0;
      } else if (++easy >= EASY_PAGES) {
        count = Math.min(MOST_COUNT, count * 2);
        easy = 0;
      }
      return reply;
    },
    get count() {
      return count;
    },
  };
}

function costUs(argv: readonly ByteString[]): number {
  const name = argv[0] ?? '';
  const base = COST_US[name] ?? COST_OTHER_US;
  if (name === 'SCAN') return base + Number(argv[3] ?? 0) * COST_OF_A_NAME_US;
  return name === 'EXISTS' ? base + argv.length * COST_OF_A_LOOKUP_US : base;
}
