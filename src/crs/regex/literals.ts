import type { Node } from './node.ts';

/** Sizes beyond which a set of literals is no help any more. */
const MOST_EXACT = 40;
const MOST_NEEDED = 700;
const MOST_BYTES_OF_SET = 12;

interface Knowledge {
  /** Everything the node can match, when that is a short list. */
  readonly exact: readonly string[] | undefined;
  /** One of these is in everything the node matches. */
  readonly needed: readonly string[] | undefined;
}

const NOTHING: Knowledge = { exact: undefined, needed: undefined };
const EMPTY: Knowledge = { exact: [''], needed: undefined };

/**
 * Literals, in lower case, of which at least one is in every text that the pattern matches (in lower case as well);
 * undefined when there is no such list. They decide cheaply that a pattern need not be asked.
 */
export function requiredLiterals(node: Node): readonly string[] | undefined {
  const { exact, needed } = know(node);
  return best([exact, needed]);
}

function know(node: Node): Knowledge {
  switch (node.kind) {
    case 'set': {
      if (node.set.size() > MOST_BYTES_OF_SET * 2) return NOTHING;
      const bytes = node.set
        .ranges()
        .flatMap(([from, to]) =>
          Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at).toLowerCase()),
        );
      const exact = [...new Set(bytes)];
      return exact.length > MOST_BYTES_OF_SET ? NOTHING : { exact, needed: undefined };
    }
    case 'group':
      return know(node.item);
    case 'assert':
    case 'look':
      return EMPTY;
    case 'back':
      return NOTHING;
    case 'alt':
      return either(node.options.map(know));
    case 'seq':
      return sequence(node.items.map(know));
    case 'repeat':
      return repeated(know(node.item), node.min, node.max);
  }
}

function either(options: readonly Knowledge[]): Knowledge {
  const exact = union(
    options.map((option) => option.exact),
    MOST_NEEDED,
  );
  const needed = union(
    options.map((option) => best([option.exact, option.needed])),
    MOST_NEEDED,
  );
  return { exact, needed };
}

function union(
  lists: readonly (readonly string[] | undefined)[],
  most: number,
): readonly string[] | undefined {
  const all = new Set<string>();
  for (const list of lists) {
    if (list === undefined) return undefined;
    for (const literal of list) all.add(literal);
    if (all.size > most) return undefined;
  }
  return [...all];
}

function sequence(parts: readonly Knowledge[]): Knowledge {
  const candidates: (readonly string[] | undefined)[] = [];
  let run: readonly string[] = [''];
  let whole = true;
  for (const { exact, needed } of parts) {
    if (exact !== undefined && exact.length * run.length <= MOST_EXACT) {
      run = [...new Set(run.flatMap((head) => exact.map((tail) => head + tail)))];
      continue;
    }
    // The list would grow too long, or ends here: what there is counts, and a new one begins.
    candidates.push(run, exact, needed);
    run = [''];
    whole = false;
  }
  candidates.push(run);
  return whole ? { exact: run, needed: undefined } : { exact: undefined, needed: best(candidates) };
}

function repeated(item: Knowledge, min: number, max: number): Knowledge {
  if (min === 1 && max === 1) return item;
  if (min === 0) {
    return max === 1 && item.exact !== undefined && item.exact.length < MOST_EXACT
      ? { exact: [...new Set(['', ...item.exact])], needed: undefined }
      : NOTHING;
  }
  return { exact: undefined, needed: best([item.exact, item.needed]) };
}

/** The list whose shortest literal is longest; of several, the shorter list. */
function best(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let found: readonly string[] | undefined;
  for (const list of lists) {
    if (list === undefined || list.length === 0 || list.length > MOST_NEEDED || list.includes('')) continue;
    if (found === undefined || rank(list) > rank(found)) found = list;
  }
  return found;
}

/** Longer literals are rarer; from four bytes on, fewer of them is worth more than longer ones. */
function rank(list: readonly string[]): number {
  const shortest = Math.min(...list.map((literal) => literal.length));
  return Math.min(shortest, 4) * 1000 - list.length;
}
