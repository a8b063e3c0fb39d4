import type { ByteSet } from './byte-set.ts';
import { ANY, NONE } from './byte-set.ts';
import type { Node } from './node.ts';

/** Repetitions that can share a text between them, and the bytes that all of them take. */
interface Rivals {
  readonly set: ByteSet;
  readonly count: number;
}

/** More ways to be ambiguous than are worth following. */
const MOST_STATES = 60;
/** A repetition with fewer turns than this between its bounds is nothing to fear. */
const SMALL_SPAN = 3;

class TooAmbiguous extends Error {}

/**
 * The longest value, in bytes, for which a backtracking engine needs no more than some hundred thousand steps; 0 when it
 * should not be asked at all.
 *
 * Backtracking costs length^n when n repetitions in a row can take the same bytes (one more for the search that starts
 * anywhere), and 2^length when a repetition within a repetition is ambiguous. Both are over-estimated here: a pattern
 * that is judged too badly is only slower, as it goes to the linear engine.
 */
export function backtrackingLimit(node: Node): number {
  try {
    const rivals = after(node, []).reduce((highest, { count }) => Math.max(highest, count), 0);
    return [256, 256, 128, 44][rivals] ?? 0;
  } catch (error) {
    if (error instanceof TooAmbiguous) return 0;
    throw error;
  }
}

/** The rivals there are behind a node, given those before it. */
function after(node: Node, before: readonly Rivals[]): readonly Rivals[] {
  switch (node.kind) {
    case 'set':
      return before.filter(({ set }) => set.meets(node.set));
    case 'assert':
      return before;
    case 'look':
      after(node.item, []);
      return before;
    case 'back':
      throw new TooAmbiguous();
    case 'group':
      return after(node.item, before);
    case 'seq':
      return node.items.reduce<readonly Rivals[]>((rivals, item) => after(item, rivals), before);
    case 'alt':
      return merged(node.options.flatMap((option) => after(option, before)));
    case 'repeat':
      return afterRepeat(node, before);
  }
}

function afterRepeat(node: Node & { kind: 'repeat' }, before: readonly Rivals[]): readonly Rivals[] {
  const { item, min, max } = node;
  if (max - min <= SMALL_SPAN) {
    const through = after(item, before);
    return min === 0 ? merged([...before, ...through]) : through;
  }
  if (item.kind !== 'set') rejectAmbiguousBody(item);
  const bytes = bytesOf(item);
  const joined = before
    .filter(({ set }) => set.meets(bytes))
    .map(({ set, count }) => ({ set: set.and(bytes), count: count + 1 }));
  const passed = min === 0 ? before : before.filter(({ set }) => set.meets(bytes));
  return merged([...passed, ...joined, { set: bytes, count: 1 }]);
}

/** A text that two turns of the body can part in two ways doubles the work with each turn. */
function rejectAmbiguousBody(body: Node): void {
  const once = most(after(body, []));
  const twice = most(after({ kind: 'seq', items: [body, body] }, []));
  if (twice > once || mayBeEmpty(body) || rivalOptions(body)) throw new TooAmbiguous();
}

function most(rivals: readonly Rivals[]): number {
  return rivals.reduce((count, rival) => Math.max(count, rival.count), 0);
}

function rivalOptions(node: Node): boolean {
  switch (node.kind) {
    case 'alt': {
      let seen = NONE;
      for (const option of node.options) {
        const first = firstBytes(option);
        if (first.meets(seen) || rivalOptions(option)) return true;
        seen = seen.or(first);
      }
      return false;
    }
    case 'seq':
      return node.items.some(rivalOptions);
    case 'group':
    case 'repeat':
      return rivalOptions(node.item);
    default:
      return false;
  }
}

function firstBytes(node: Node): ByteSet {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'alt':
      return node.options.reduce((set, option) => set.or(firstBytes(option)), NONE);
    case 'group':
    case 'repeat':
      return firstBytes(node.item);
    case 'seq': {
      let set = NONE;
      for (const item of node.items) {
        set = set.or(firstBytes(item));
        if (!mayBeEmpty(item)) return set;
      }
      // Nothing in it has to be there: what follows decides, which may be anything.
      return ANY;
    }
    case 'back':
      return ANY;
    default:
      return NONE;
  }
}

function mayBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'seq':
      return node.items.every(mayBeEmpty);
    case 'alt':
      return node.options.some(mayBeEmpty);
    case 'group':
      return mayBeEmpty(node.item);
    case 'repeat':
      return node.min === 0 || mayBeEmpty(node.item);
    default:
      return true;
  }
}

function bytesOf(node: Node): ByteSet {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'seq':
      return node.items.reduce((set, item) => set.or(bytesOf(item)), NONE);
    case 'alt':
      return node.options.reduce((set, option) => set.or(bytesOf(option)), NONE);
    case 'group':
    case 'repeat':
      return bytesOf(node.item);
    case 'back':
      return ANY;
    default:
      return NONE;
  }
}

/** One entry a set of bytes, the one with most rivals. */
function merged(rivals: readonly Rivals[]): readonly Rivals[] {
  const bySet = new Map<string, Rivals>();
  for (const rival of rivals) {
    const key = rival.set.key();
    const known = bySet.get(key);
    if (known === undefined || known.count < rival.count) bySet.set(key, rival);
  }
  if (bySet.size > MOST_STATES) throw new TooAmbiguous();
  return [...bySet.values()];
}
