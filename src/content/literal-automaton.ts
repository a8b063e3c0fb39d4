import type { ByteString } from '../model/bytes.ts';

/** Finds which owners have a literal in a text. */
export interface Automaton {
  /** Calls `found` for each owner of a literal that is in the text, more than once perhaps. */
  scan(text: ByteString, found: (owner: number) => void): void;
}

export interface OwnedLiterals {
  readonly owner: number;
  readonly literals: readonly ByteString[];
}

/**
 * Aho and Corasick's automaton over bytes, without regard to letter case: one pass over the text for any number of
 * literals. Transitions are complete (no failure links while scanning), over classes of bytes that no literal tells apart.
 */
export function createAutomaton(owned: readonly OwnedLiterals[]): Automaton {
  const { classes, count } = byteClasses(owned);
  const trie = buildTrie(owned, classes);
  const size = trie.children.length;
  const next = new Int32Array(size * count);
  const hits: (readonly number[] | undefined)[] = trie.owners.map((owners) =>
    owners.size === 0 ? undefined : [...owners],
  );
  const failure = new Int32Array(size);
  const queue = [0];
  for (const state of queue) {
    const children = trie.children[state];
    const back = failure[state] ?? 0;
    for (let symbol = 0; symbol < count; symbol += 1) {
      const child = children?.get(symbol);
      const elsewhere = state === 0 ? 0 : (next[back * count + symbol] ?? 0);
      next[state * count + symbol] = child ?? elsewhere;
      if (child === undefined) continue;
      failure[child] = elsewhere;
      const inherited = hits[elsewhere];
      if (inherited !== undefined) hits[child] = [...new Set([...(hits[child] ?? []), ...inherited])];
      queue.push(child);
    }
  }
  return {
    scan: (text, found) => {
      let state = 0;
      for (let at = 0; at < text.length; at += 1) {
        state = next[state * count + (classes[text.charCodeAt(at) & 0xff] ?? 0)] ?? 0;
        const owners = hits[state];
        if (owners !== undefined) for (const owner of owners) found(owner);
      }
    },
  };
}

/** Class 0 is every byte that is in no literal. */
function byteClasses(owned: readonly OwnedLiterals[]): { classes: Uint8Array; count: number } {
  const classes = new Uint8Array(256);
  const known = new Map<string, number>();
  for (const { literals } of owned) {
    for (const character of literals.join('')) {
      if (!known.has(character)) known.set(character, known.size + 1);
    }
  }
  for (let byte = 0; byte < 256; byte += 1) {
    classes[byte] = known.get(String.fromCharCode(byte).toLowerCase()) ?? 0;
  }
  return { classes, count: known.size + 1 };
}

function buildTrie(
  owned: readonly OwnedLiterals[],
  classes: Uint8Array,
): { children: Map<number, number>[]; owners: Set<number>[] } {
  const children: Map<number, number>[] = [new Map<number, number>()];
  const owners: Set<number>[] = [new Set<number>()];
  for (const { owner, literals } of owned) {
    for (const literal of literals) {
      let state = 0;
      for (let at = 0; at < literal.length; at += 1) {
        const symbol = classes[literal.charCodeAt(at) & 0xff] ?? 0;
        let child = children[state]?.get(symbol);
        if (child === undefined) {
          child = children.length;
          children.push(new Map());
          owners.push(new Set());
          children[state]?.set(symbol, child);
        }
        state = child;
      }
      owners[state]?.add(owner);
    }
  }
  return { children, owners };
}
