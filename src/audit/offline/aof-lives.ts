import type { ByteString } from '../../model/bytes.ts';
import type { ListEdges } from './list-edges.ts';
import { createListEdges, placeOfPushed } from './list-edges.ts';
import type { MovedKey } from './moved-key.ts';
import { createSwappedBases, movedKey } from './moved-key.ts';
import { fieldOf, hashOf } from './name-hash.ts';

/**
 * An append-only file tells all that ever was written since it began, a server only what is still there. This takes note
 * of what was deleted or written over, by key and by field, so that a second reading can tell one from the other.
 * Of lists it knows what was taken from their ends, as queues do; what was taken out of the middle counts as still there.
 * A value follows its key through RENAME, MOVE, COPY and SWAPDB.
 */
export interface AofLives {
  /** A command in the order of the file; `at` is its place, growing. */
  readonly observe: (db: number, argv: readonly ByteString[], at: number) => void;
  readonly isAlive: (db: number, key: ByteString, field: ByteString | undefined, at: number) => boolean;
  /** An element of a list, the `index`th that a push brings; asked before `again` gets the command. */
  readonly isInList: (db: number, key: ByteString, argv: readonly ByteString[], index: number) => boolean;
  /** The same command, or list, in the second reading. */
  readonly again: (db: number, argv: readonly ByteString[]) => void;
  /** A list of the RDB in front: in the first reading, and in the second. */
  readonly list: (db: number, key: ByteString, second: boolean) => void;
  /** The `index`th element of a list of the RDB in front. */
  readonly isLeft: (db: number, key: ByteString, index: number) => boolean;
  /** False when there were more keys, or more of them moved, than can be kept apart. */
  readonly complete: () => boolean;
}

const MOST_KEYS = 2_000_000;

/** Commands after which the old value of their first key is gone. */
const REPLACING = new Set(
  'set setex psetex getset getdel restore sinterstore sunionstore sdiffstore zunionstore zinterstore zdiffstore zrangestore geosearchstore georadius pfmerge'.split(
    ' ',
  ),
);
const REMOVING = new Set(['hdel', 'srem', 'zrem']);
const WRITING_FIELDS = new Set(['hset', 'hmset', 'hsetnx']);

/** A value went to another key; with `copy` it also stayed. */
interface Move {
  readonly at: number;
  readonly to: number;
  readonly toDb: number;
  readonly copy: boolean;
  /** When the key had been emptied before. */
  readonly emptied: number;
}

const MOST_MOVES = 200_000;
/** A value that is followed further than this is taken for alive. */
const MOST_STEPS = 256;

export function createAofLives(): AofLives {
  const gone = new Map<number, number>();
  const flushed = new Map<number, number>();
  const moves = new Map<number, Move[]>();
  const edges = createListEdges();
  const edgesAgain = createListEdges();
  const bases = createSwappedBases();
  const basesAgain = createSwappedBases();
  let flushedAll = -1;
  let moved = 0;
  let complete = true;
  const note = (places: Map<number, number>, what: number, at: number): void => {
    if (places.size < MOST_KEYS || places.has(what)) places.set(what, at);
    else complete = false;
  };
  const drop = (db: number, key: ByteString | undefined, at: number): void => {
    if (key !== undefined) note(gone, hashOf(db, key), at);
  };
  const move = (db: number, { from, to, toDb, copy }: MovedKey, at: number): void => {
    const base = bases.of(toDb);
    const [source, target] = [hashOf(db, from), hashOf(base, to)];
    const emptied = gone.get(source) ?? -1;
    note(gone, target, at);
    if (!copy) note(gone, source, at);
    // Of their ends nothing is known any more.
    edges.unknown(source);
    edges.unknown(target);
    if (moved >= MOST_MOVES) {
      complete = false;
      return;
    }
    moved += 1;
    const before = moves.get(source) ?? [];
    before.push({ at, to: target, toDb: base, copy, emptied });
    moves.set(source, before);
  };
  const isThere = (
    db: number,
    name: number,
    field: ByteString | undefined,
    at: number,
    walk: { steps: number },
  ): boolean => {
    const flush = Math.max(flushedAll, flushed.get(db) ?? -1);
    const fieldGone = field === undefined ? -1 : (gone.get(fieldOf(name, field)) ?? -1);
    if (at > flush && at >= (gone.get(name) ?? -1) && at >= fieldGone) return true;
    for (const one of moves.get(name) ?? []) {
      if (walk.steps++ >= MOST_STEPS) return true;
      if (one.at <= at || one.emptied > at) continue;
      // What was taken away before it moved is gone. Only the last time is known: one after the move says nothing.
      const times = [flushedAll, flushed.get(db) ?? -1, fieldGone];
      if (times.some((time) => time > at && time < one.at)) continue;
      if (isThere(one.toDb, one.to, field, one.at, walk)) return true;
      if (!one.copy) return false;
    }
    return false;
  };
  return {
    list: (db, key, second) =>
      second ? edgesAgain.loaded(hashOf(basesAgain.of(db), key)) : edges.loaded(hashOf(bases.of(db), key)),
    isLeft: (db, key, index) => index >= (edges.of(hashOf(basesAgain.of(db), key))?.left ?? 0),
    isInList: (db, key, argv, index) => {
      const list = hashOf(basesAgain.of(db), key);
      const end = edges.of(list);
      const place = placeOfPushed(edgesAgain.of(list), argv, index);
      return end === undefined || (place >= end.left && place < end.right);
    },
    again: (db, argv) => {
      follow(edgesAgain, basesAgain.of(db), argv);
      basesAgain.observe(argv);
    },
    observe: (number, argv, at) => {
      const db = bases.of(number);
      follow(edges, db, argv);
      if (!bases.observe(argv)) complete = false;
      const name = (argv[0] ?? '').toLowerCase();
      const key = argv[1];
      switch (name) {
        case 'flushall':
          flushedAll = at;
          return;
        case 'flushdb':
          note(flushed, db, at);
          return;
        case 'del':
        case 'unlink':
          for (const one of argv.slice(1)) drop(db, one, at);
          return;
        case 'mset':
          for (let index = 1; index < argv.length; index += 2) drop(db, argv[index], at);
          return;
        case 'bitop':
          drop(db, argv[2], at);
          return;
        default:
      }
      if (key === undefined) return;
      const elsewhere = movedKey(name, number, argv);
      if (elsewhere !== undefined) move(db, elsewhere, at);
      if (REPLACING.has(name)) drop(db, key, at);
      const field = (one: ByteString): void => note(gone, fieldOf(hashOf(db, key), one), at);
      if (REMOVING.has(name)) for (const one of argv.slice(2)) field(one);
      if (WRITING_FIELDS.has(name))
        for (let index = 2; index < argv.length; index += 2) field(argv[index] ?? '');
    },
    isAlive: (number, key, field, at) => {
      const db = basesAgain.of(number);
      return isThere(db, hashOf(db, key), field, at, { steps: 0 });
    },
    complete: () => complete,
  };
}

const EMPTYING = new Set(['del', 'unlink']);

function follow(edges: ListEdges, db: number, argv: readonly ByteString[]): void {
  const name = (argv[0] ?? '').toLowerCase();
  if (EMPTYING.has(name)) for (const key of argv.slice(1)) edges.emptied(hashOf(db, key));
  else if (REPLACING.has(name)) edges.emptied(hashOf(db, argv[1] ?? ''));
  else edges.observe(argv, (key) => hashOf(db, key));
}
