import type { ByteString } from '../../model/bytes.ts';
import type { ListEdges } from './list-edges.ts';
import { createListEdges, placeOfPushed } from './list-edges.ts';

/**
 * An append-only file tells all that ever was written since it began, a server only what is still there. This takes note
 * of what was deleted or written over, by key and by field, so that a second reading can tell one from the other.
 * Of lists it knows what was taken from their ends, as queues do; what was taken out of the middle counts as still there.
 */
export interface AofLives {
  /** A command in the order of the file; `at` is its place, growing. */
  readonly observe: (db: number, argv: readonly ByteString[], at: number) => void;
  /** A key of the RDB in front. */
  readonly wrote: (db: number, key: ByteString, at: number) => void;
  readonly isAlive: (db: number, key: ByteString, field: ByteString | undefined, at: number) => boolean;
  /** An element of a list, the `index`th that a push brings; asked before `again` gets the command. */
  readonly isInList: (db: number, key: ByteString, argv: readonly ByteString[], index: number) => boolean;
  /** The same command, or list, in the second reading. */
  readonly again: (db: number, argv: readonly ByteString[]) => void;
  /** A list of the RDB in front: in the first reading, and in the second. */
  readonly list: (db: number, key: ByteString, second: boolean) => void;
  /** The `index`th element of a list of the RDB in front. */
  readonly isLeft: (db: number, key: ByteString, index: number) => boolean;
  /** Keys that are there at the end, as far as can be told. */
  readonly keys: () => number;
  /** False when there were more keys than can be kept apart. */
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

export function createAofLives(): AofLives {
  const written = new Map<number, number>();
  const gone = new Map<number, number>();
  const flushed = new Map<number, number>();
  const edges = createListEdges();
  const edgesAgain = createListEdges();
  let flushedAll = -1;
  let complete = true;
  const note = (places: Map<number, number>, what: number, at: number): void => {
    if (places.size < MOST_KEYS || places.has(what)) places.set(what, at);
    else complete = false;
  };
  const drop = (db: number, key: ByteString | undefined, at: number): void => {
    if (key !== undefined) note(gone, hashOf(db, key, undefined), at);
  };
  const wrote = (db: number, key: ByteString, at: number): void => {
    note(written, hashOf(db, key, undefined), at);
  };
  return {
    wrote,
    list: (db, key, second) => (second ? edgesAgain : edges).loaded(hashOf(db, key, undefined)),
    isLeft: (db, key, index) => index >= (edges.of(hashOf(db, key, undefined))?.left ?? 0),
    isInList: (db, key, argv, index) => {
      const list = hashOf(db, key, undefined);
      const end = edges.of(list);
      const place = placeOfPushed(edgesAgain.of(list), argv, index);
      return end === undefined || (place >= end.left && place < end.right);
    },
    again: (db, argv) => follow(edgesAgain, db, argv),
    observe: (db, argv, at) => {
      follow(edges, db, argv);
      const name = (argv[0] ?? '').toLowerCase();
      const [, key, second] = argv;
      switch (name) {
        case 'flushall':
          flushedAll = at;
          return;
        case 'flushdb':
          flushed.set(db, at);
          return;
        case 'del':
        case 'unlink':
          for (const one of argv.slice(1)) drop(db, one, at);
          return;
        case 'mset':
          for (let index = 1; index < argv.length; index += 2) {
            drop(db, argv[index], at);
            wrote(db, argv[index] ?? '', at);
          }
          return;
        case 'rename':
        case 'bitop':
          drop(db, second, at);
          return;
        default:
      }
      if (key === undefined) return;
      if (REPLACING.has(name)) drop(db, key, at);
      if (name !== 'getdel' && !REMOVING.has(name)) wrote(db, key, at);
      if (REMOVING.has(name)) for (const one of argv.slice(2)) note(gone, hashOf(db, key, one), at);
      if (WRITING_FIELDS.has(name)) {
        for (let index = 2; index < argv.length; index += 2)
          note(gone, hashOf(db, key, argv[index] ?? ''), at);
      }
    },
    isAlive: (db, key, field, at) =>
      at > flushedAll &&
      at > (flushed.get(db) ?? -1) &&
      at >= (gone.get(hashOf(db, key, undefined)) ?? -1) &&
      (field === undefined || at >= (gone.get(hashOf(db, key, field)) ?? -1)),
    keys: () => {
      const floor = Math.max(flushedAll, ...(flushed.size === 0 ? [-1] : [Math.min(...flushed.values())]));
      let alive = 0;
      for (const [what, at] of written) if (at > floor && at >= (gone.get(what) ?? -1)) alive += 1;
      return alive;
    },
    complete: () => complete,
  };
}

const EMPTYING = new Set(['del', 'unlink']);

function follow(edges: ListEdges, db: number, argv: readonly ByteString[]): void {
  const name = (argv[0] ?? '').toLowerCase();
  if (EMPTYING.has(name)) for (const key of argv.slice(1)) edges.emptied(hashOf(db, key, undefined));
  else if (REPLACING.has(name)) edges.emptied(hashOf(db, argv[1] ?? '', undefined));
  else edges.observe(argv, (key) => hashOf(db, key, undefined));
}

/** 52 bits of two FNV-1a sums: two names that share one are told apart by nobody, and come once in many million. */
function hashOf(db: number, key: ByteString, field: ByteString | undefined): number {
  let one = 0x811c9dc5 ^ db;
  let two = 0x01000193 + db;
  const length = Math.min(key.length, LONGEST);
  for (let index = 0; index < length; index++) {
    const code = key.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b);
  }
  if (field !== undefined) {
    one = Math.imul(one ^ 0x100, 0x01000193);
    two = Math.imul(two ^ 0x100, 0x85ebca6b);
    for (let index = 0; index < Math.min(field.length, LONGEST); index++) {
      const code = field.charCodeAt(index);
      one = Math.imul(one ^ code, 0x01000193);
      two = Math.imul(two ^ code, 0x85ebca6b);
    }
  }
  return (one >>> 0) * 0x100000 + ((two ^ (two >>> 12)) & 0xfffff);
}

const LONGEST = 4_096;
