import type { ByteString } from '../../model/bytes.ts';

/** Where lists begin and end, as places on a line: what is pushed to the right gets the next place, and so on. */
export interface ListEdges {
  /** Takes a command; `list` names the list of a key. */
  readonly observe: (argv: readonly ByteString[], list: (key: ByteString) => number) => void;
  /** A list that was there before the first command; nobody has counted it. */
  readonly loaded: (list: number) => void;
  readonly emptied: (list: number) => void;
  /** From now on nobody knows where this one begins and ends. */
  readonly unknown: (list: number) => void;
  readonly of: (list: number) => Edges | undefined;
}

export interface Edges {
  readonly left: number;
  readonly right: number;
}

const MOST_LISTS = 200_000;
/** More elements than a list can have: there the right end of one begins that nobody has counted. */
const UNCOUNTED = 2 ** 40;

export function createListEdges(): ListEdges {
  const lists = new Map<number, Edges>();
  const lost = new Set<number>();
  const put = (list: number, left: number, right: number): void => {
    if (lists.size < MOST_LISTS || lists.has(list)) lists.set(list, { left, right: Math.max(left, right) });
  };
  const move = (list: number, left: number, right: number): void => {
    const before = lists.get(list) ?? { left: 0, right: 0 };
    put(list, before.left + left, before.right + right);
  };
  return {
    of: (list) => (lost.has(list) ? undefined : lists.get(list)),
    unknown: (list) => {
      if (lost.size < MOST_LISTS) lost.add(list);
    },
    loaded: (list) => put(list, 0, UNCOUNTED),
    emptied: (list) => {
      const before = lists.get(list);
      if (before !== undefined) put(list, before.right, before.right);
    },
    observe: (argv, listOf) => {
      const [name = '', key, second = '', third = ''] = argv;
      if (key === undefined) return;
      const list = listOf(key);
      const count = /^\d{1,9}$/.test(second) ? Number(second) : 1;
      switch (name.toLowerCase()) {
        case 'rpush':
        case 'rpushx':
          move(list, 0, argv.length - 2);
          break;
        case 'lpush':
        case 'lpushx':
          move(list, 2 - argv.length, 0);
          break;
        case 'lpop':
          move(list, count, 0);
          break;
        case 'rpop':
          move(list, 0, -count);
          break;
        case 'linsert':
          move(list, 0, 1);
          break;
        case 'rpoplpush':
          move(list, 0, -1);
          move(listOf(second), -1, 0);
          break;
        case 'lmove': {
          const [from, to] = [third.toLowerCase(), (argv[4] ?? '').toLowerCase()];
          move(list, from === 'left' ? 1 : 0, from === 'left' ? 0 : -1);
          move(listOf(second), to === 'left' ? -1 : 0, to === 'left' ? 0 : 1);
          break;
        }
        case 'ltrim':
          trim(list, Number(second), Number(third));
          break;
        default:
      }
    },
  };

  function trim(list: number, from: number, to: number): void {
    const before = lists.get(list);
    if (before === undefined || !Number.isInteger(from) || !Number.isInteger(to)) return;
    const place = (index: number): number => (index < 0 ? before.right : before.left) + index;
    put(list, Math.max(before.left, place(from)), Math.min(before.right, place(to) + 1));
  }
}

/** The place that the `index`th word of a push command gets, in a list as it was before. */
export function placeOfPushed(edges: Edges | undefined, argv: readonly ByteString[], index: number): number {
  const { left, right } = edges ?? { left: 0, right: 0 };
  return argv[0]?.toLowerCase().startsWith('l') === true ? left - index - 1 : right + index;
}
