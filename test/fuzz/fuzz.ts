import { setImmediate as turn } from 'node:timers/promises';
import type { Persona } from '../../src/emulator/persona.ts';
import { createRedisServer } from '../../src/emulator/server.ts';
import type { View } from '../../src/emulator/views.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { altered, commandPool } from './command-pool.ts';
import type { Guest } from './crowd.ts';
import { enterGuest } from './crowd.ts';
import { damaged, framed } from './mutation.ts';
import { recount } from './recount.ts';

export interface FuzzResult {
  readonly frames: number;
  readonly requests: number;
  /** What must not be: replies that are none, books that do not add up, throws. */
  readonly faults: readonly string[];
  /** The slowest requests, slowest first. */
  readonly slowest: readonly { readonly ms: number; readonly words: string }[];
  /** Most bytes of the heap that were seen in use, and what was left when everyone had gone and the keys with them. */
  readonly mostHeap: number;
  readonly heapAfter: number;
}

const ADDRESSES = ['192.0.2.1', '192.0.2.9', '198.51.100.4', '203.0.113.7', '2001:db8::1', '127.0.0.1'];
const GUESTS = 60;
/** Frames between two looks at the books, and between two turns of the event loop (for scripts and timers). */
const CHECK_EVERY = 20_000;
const TURN_EVERY = 100;
const SHOWN = 12;
const MOST_FAULTS = 50;
const OPENINGS = [
  'MULTI',
  'SUBSCRIBE c1 c2',
  'PSUBSCRIBE c*',
  'MONITOR',
  'HELLO 3',
  'BLPOP new 0.05',
  'WATCH s1 l1',
];
const LATER = [
  'CLIENT TRACKING ON',
  'HELLO 3\r\nCLIENT TRACKING ON BCAST',
  'CLIENT REPLY OFF',
  'RESET',
  'FLUSHALL',
  'SELECT 3',
];

/** Feeds one pretended server with this many damaged requests from many connections. Never throws. */
export async function fuzz(options: {
  readonly persona: Persona;
  /** Whose COMMAND DOCS serve. */
  readonly docs: Persona;
  readonly frames: number;
  readonly seed: number;
}): Promise<FuzzResult> {
  const random = seededRandom(options.seed);
  const pool = commandPool(options.persona, options.docs, random);
  const clock = hurriedClock();
  const redis = createRedisServer({
    persona: options.persona,
    clock,
    random,
    port: 6_379,
    maxClients: 1_000,
  });
  const faults: string[] = [];
  const slowest: { ms: number; words: string }[] = [];
  let [requests, mostHeap, port] = [0, 0, 1_024];
  const witness = {
    took: (ms: number, argv: readonly string[]) => {
      requests++;
      if (slowest.length >= SHOWN && ms <= (slowest.at(-1)?.ms ?? 0)) return;
      slowest.push({ ms, words: shown(argv) });
      slowest.sort((one, other) => other.ms - one.ms);
      slowest.length = Math.min(slowest.length, SHOWN);
    },
    wrong: (what: string, argv: readonly string[]) => {
      if (faults.length < MOST_FAULTS) faults.push(`${what} after ${shown(argv)}`);
    },
  };
  const come = (): Guest => {
    const address = ADDRESSES[random.below(ADDRESSES.length)] ?? '';
    const guest = enterGuest(redis, address, port++, witness);
    const opening = [...OPENINGS, ...LATER][random.below(3 * (OPENINGS.length + LATER.length))];
    if (opening !== undefined) guest.send(`${opening}\r\n`);
    return guest;
  };
  const views = new Set<View>();
  /** A group whose fields the world holds while the others' are looked at. */
  const auditor = enterGuest(redis, '198.18.0.1', 1, witness);
  const books = (): void => {
    auditor.send('PING\r\n');
    for (const fault of recount(views)) if (faults.length < MOST_FAULTS) faults.push(fault);
  };
  const guests: Guest[] = [];
  for (let frame = 0; frame < options.frames; frame++) {
    const at = random.below(GUESTS);
    let guest = guests[at];
    if (guest === undefined || guest.gone || random.below(patience(guest)) === 0) {
      guest?.leave();
      guest = come();
      guests[at] = guest;
      views.add(guest.view);
    }
    const bytes = nextFrame(pool, random);
    try {
      for (let from = 0; from < bytes.length; ) {
        const size = random.below(3) === 0 ? 1 + random.below(64) : bytes.length;
        guest.send(bytes.slice(from, from + size));
        from += size;
      }
    } catch (error) {
      witness.wrong(
        `thrown: ${error instanceof Error ? error.stack?.split('\n', 2).join('') : String(error)}`,
        [bytes.slice(0, 300)],
      );
      guest.leave();
    }
    if (frame % TURN_EVERY === 0) {
      clock.hurry(random.below(200));
      await turn();
    }
    if (frame % CHECK_EVERY === CHECK_EVERY - 1) {
      books();
      mostHeap = Math.max(mostHeap, heap());
    }
  }
  books();
  for (const guest of guests) guest?.leave();
  for (const address of ADDRESSES)
    enterGuest(redis, address, port++, witness).send('RESET\r\nFLUSHALL\r\nPING\r\n');
  await turn();
  const heapAfter = heap();
  redis.close();
  return { frames: options.frames, requests, faults, slowest, mostHeap, heapAfter };
}

/** In how many frames a guest goes: who waits for a reply, or for the rest of a damaged request, goes soon. */
function patience(guest: Guest): number {
  if (guest.blocked) return 12;
  return guest.held() > 0 ? 6 : 1_000;
}

function nextFrame(pool: readonly string[][], random: ReturnType<typeof seededRandom>): string {
  let argv: readonly string[] = pool[random.below(pool.length)] ?? [];
  if (random.below(3) === 0) argv = altered(argv, random);
  const frame = framed(argv, random);
  if (random.below(4) > 0) return frame;
  return damaged(frame, framed(pool[random.below(pool.length)] ?? [], random), random);
}

/** The real time, and ahead of it. */
function hurriedClock(): Clock & { hurry(ms: number): void } {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    monotonic: () => systemClock.monotonic() + ahead,
    hurry: (ms) => {
      ahead += ms;
    },
  };
}

/** Bytes of the heap that are in use; when node was started with --expose-gc, without garbage. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function shown(argv: readonly string[]): string {
  return (
    JSON.stringify(
      argv
        .slice(0, 12)
        .map((word) => word.slice(0, 60))
        .join(' '),
    ) + (argv.length > 12 ? ` (${argv.length} words)` : '')
  );
}
