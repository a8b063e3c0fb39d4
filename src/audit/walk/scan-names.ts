import type { ByteString } from '../../model/bytes.ts';
import type { Clock } from '../../platform/clock.ts';
import { errorOf, itemsOf, textOf, textsOf } from '../ask/reply-values.ts';
import type { AuditLimits } from '../limits.ts';
import type { Pacer } from './pacer.ts';

export interface ScannedNames {
  /** Names that were seen. */
  readonly count: number;
  /** Every name was seen. */
  readonly complete: boolean;
  readonly refused: string | undefined;
}

interface Budget {
  readonly limits: AuditLimits;
  readonly clock: Clock;
  /** On the clock that never jumps: when names have taken long enough. */
  readonly until: number;
}

/** Pages can be emptier than asked for; a cursor that never comes back to 0 has to end all the same. */
const EMPTIER = 8;
const PAGES_TO_SPARE = 64;
/** Pages in a row that hold names, but none that is new: the server leads us in circles. */
const MOST_STALE = 16;
/** Names told apart. Beyond, one that comes twice counts twice: tables that grow meanwhile repeat few. */
const MOST_TOLD_APART = 300_000;

/** Every name of the selected database, which is said to hold `expected` keys, as far as the budget goes. */
export async function scanAllNames(
  pacer: Pacer,
  expected: number,
  budget: Budget,
  seen: (name: ByteString) => void,
): Promise<ScannedNames> {
  const names = newNames(seen);
  let cursor = '0';
  /** Names that the pages so far had room for. */
  let room = 0;
  while (room <= EMPTIER * expected + PAGES_TO_SPARE * pacer.count && !isSpent(budget, names)) {
    room += pacer.count;
    const { next, keys, refused } = await scanPage(pacer, cursor);
    if (refused !== undefined) return { count: names.count, complete: false, refused };
    names.add(keys);
    if (next === '0') return { count: names.count, complete: true, refused: undefined };
    cursor = next;
  }
  return { count: names.count, complete: false, refused: undefined };
}

/**
 * A sample of the names: pages that begin at cursors spread over the whole table. A cursor is the number of a bucket
 * with its bits reversed, so multiples of an odd constant fall all over a table of any size. Names lie in their buckets by
 * a keyed hash, so what a page holds is a random sample, and pages differ no more than chance makes them.
 */
export async function sampleNames(
  pacer: Pacer,
  wanted: number,
  budget: Budget,
  seen: (name: ByteString) => void,
): Promise<ScannedNames> {
  const names = newNames(seen);
  let room = 0;
  for (let page = 0; names.count < wanted && room < 2 * wanted && !isSpent(budget, names); page++) {
    room += pacer.count;
    const { keys, refused } = await scanPage(pacer, String(Math.imul(page, 2_654_435_761) >>> 0));
    if (refused !== undefined) return { count: names.count, complete: false, refused };
    names.add(keys.slice(0, wanted - names.count));
  }
  return { count: names.count, complete: false, refused: undefined };
}

interface Names {
  add(keys: readonly ByteString[]): void;
  /** Of those that differ. */
  readonly count: number;
  readonly bytes: number;
  /** Pages in a row without a new one. */
  readonly stale: number;
}

function newNames(seen: (name: ByteString) => void): Names {
  const known = new Set<ByteString>();
  let beyond = 0;
  let bytes = 0;
  let stale = 0;
  return {
    add: (keys) => {
      const before = known.size + beyond;
      for (const key of keys) {
        bytes += key.length;
        if (known.has(key)) continue;
        if (known.size < MOST_TOLD_APART) known.add(key);
        else beyond += 1;
        seen(key);
      }
      // An empty page is no sign by itself: a table that shrank has long stretches without a key.
      stale = keys.length > 0 && known.size + beyond === before ? stale + 1 : 0;
    },
    get count() {
      return known.size + beyond;
    },
    get bytes() {
      return bytes;
    },
    get stale() {
      return stale;
    },
  };
}

function isSpent({ limits, clock, until }: Budget, { bytes, stale }: Names): boolean {
  return stale >= MOST_STALE || bytes > limits.nameBytes || clock.monotonic() > until;
}

async function scanPage(
  pacer: Pacer,
  cursor: string,
): Promise<{ next: string; keys: readonly ByteString[]; refused: string | undefined }> {
  const reply = await pacer.scan(cursor);
  const items = itemsOf(reply);
  const next = textOf(items?.[0]);
  const keys = textsOf(items?.[1]);
  if (next === undefined || keys === undefined || !/^\d{1,20}$/.test(next)) {
    return { next: '0', keys: [], refused: errorOf(reply) ?? 'an answer that is none' };
  }
  return { next, keys, refused: undefined };
}
