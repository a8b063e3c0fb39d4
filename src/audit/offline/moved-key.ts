import type { ByteString } from '../../model/bytes.ts';

export interface MovedKey {
  readonly from: ByteString;
  readonly to: ByteString;
  /** The number of the database it went to. */
  readonly toDb: number;
  /** It also stayed where it was. */
  readonly copy: boolean;
}

/** What RENAME, RENAMENX, MOVE and COPY did; an append-only file holds only those that were carried out. */
export function movedKey(
  name: string,
  db: number,
  [, from, second, third, fourth]: readonly ByteString[],
): MovedKey | undefined {
  if (from === undefined || second === undefined) return undefined;
  switch (name) {
    case 'rename':
    case 'renamenx':
      return from === second ? undefined : { from, to: second, toDb: db, copy: false };
    case 'move':
      return { from, to: from, toDb: databaseOf(second) ?? db, copy: false };
    case 'copy': {
      const there = third?.toLowerCase() === 'db' ? databaseOf(fourth) : undefined;
      return { from, to: second, toDb: there ?? db, copy: true };
    }
    default:
      return undefined;
  }
}

/** SWAPDB exchanges what two numbers stand for. */
export interface SwappedBases {
  /** What a database was called at the beginning. */
  readonly of: (db: number) => number;
  /** False when there are too many to follow. */
  readonly observe: (argv: readonly ByteString[]) => boolean;
}

const MOST_BASES = 10_000;

export function createSwappedBases(): SwappedBases {
  const bases = new Map<number, number>();
  const of = (db: number): number => bases.get(db) ?? db;
  return {
    of,
    observe: ([name = '', one, two]) => {
      if (name.length !== 6 || name.toLowerCase() !== 'swapdb') return true;
      const [first, second] = [databaseOf(one), databaseOf(two)];
      if (first === undefined || second === undefined) return true;
      if (bases.size >= MOST_BASES && !(bases.has(first) && bases.has(second))) return false;
      const [before, after] = [of(first), of(second)];
      bases.set(first, after);
      bases.set(second, before);
      return true;
    },
  };
}

function databaseOf(text: ByteString | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
