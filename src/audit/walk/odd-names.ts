import type { ByteString } from '../../model/bytes.ts';

/**
 * Names as they come by, kept as a few: those of rare shapes, and some of the rest at even distances. Applications name
 * keys by a scheme, so a million keys have a handful of shapes; what a stranger left has one of its own.
 */
export interface OddNames {
  add(name: ByteString): void;
  readonly count: number;
  /** Names whose shape at most `MOST_OF_A_SHAPE` have, the rarest first. */
  odd(): readonly ByteString[];
  /** At most `wanted` of all, at even distances in the order they came. */
  sample(wanted: number): readonly ByteString[];
}

const MOST_OF_A_SHAPE = 8;
/** Shapes told apart. Beyond, new ones are not odd: there are as many shapes as names. */
const MOST_SHAPES = 4_096;
/** Letters of a name that its shape is made of. */
const LONGEST_SHAPE = 64;

export function collectOddNames(kept: number): OddNames {
  const shapes = new Map<string, { count: number; readonly names: ByteString[] }>();
  let spread: ByteString[] = [];
  let every = 1;
  let count = 0;
  return {
    add: (name) => {
      if (count % every === 0) {
        spread.push(name);
        if (spread.length >= 2 * kept) {
          spread = spread.filter((_, at) => at % 2 === 0);
          every *= 2;
        }
      }
      count += 1;
      const shape = shapeOf(name);
      const known = shapes.get(shape);
      if (known === undefined) {
        if (shapes.size < MOST_SHAPES) shapes.set(shape, { count: 1, names: [name] });
        return;
      }
      known.count += 1;
      // What is not rare needs no names: a hostile server could make them 512 MB long.
      if (known.count > MOST_OF_A_SHAPE) known.names.length = 0;
      else if (!known.names.includes(name)) known.names.push(name);
    },
    get count() {
      return count;
    },
    odd: () =>
      [...shapes.values()]
        .filter((shape) => shape.count <= MOST_OF_A_SHAPE)
        .toSorted((left, right) => left.count - right.count)
        .flatMap(({ names }) => names),
    sample: (wanted) => spreadOver([...new Set(spread)], wanted),
  };
}

/**
 * The name space as it is, of the rest only the kinds of its words and what stands between them: `session:17:cart` is
 * `session:0:a`. A name without a name space is a kind by itself.
 */
export function shapeOf(name: ByteString): string {
  const end = Math.min(name.length, LONGEST_SHAPE);
  let shape = '';
  let start = 0;
  let kinds = 0;
  for (let at = 0; at <= end; at++) {
    const kind = at < end ? kindOf(name.charCodeAt(at)) : 0;
    if (kind !== 0) {
      kinds |= kind;
      continue;
    }
    // A name space is a word before the first separator.
    if (at > start)
      shape += shape === '' && at < end && kinds === LETTER ? name.slice(start, at) : SIGNS[kinds];
    if (at < end) shape += name[at] ?? '';
    start = at + 1;
    kinds = 0;
  }
  return shape;
}

const DIGIT = 1;
const LETTER = 2;
/** By the kinds of letters in a word. */
const SIGNS = ['', '0', 'a', '#'];

function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return DIGIT;
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 128 ? LETTER : 0;
}

/** Taken at even distances, so that every part is looked at. */
export function spreadOver(names: readonly ByteString[], wanted: number): ByteString[] {
  if (names.length <= wanted) return [...names];
  return Array.from({ length: wanted }, (_, at) => names[Math.floor((at * names.length) / wanted)] ?? '');
}
