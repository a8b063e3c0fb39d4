import type { ByteString } from '../model/bytes.ts';

/** Which groups of literals have one in a text. */
export interface GroupSet {
  has(group: number): boolean;
}

/** Finds, in one pass over a text, which groups of literals have a member in it (Aho and Corasick, 1975). */
export interface LiteralScan {
  groupsIn(lower: ByteString): GroupSet;
}

const BYTES = 256;

/** @param groups of byte strings in lower case, none of them empty. */
export function literalScan(groups: readonly (readonly ByteString[])[]): LiteralScan {
  const { next, output } = automaton(groups);
  const words = Math.ceil(groups.length / 32);
  const nothing: GroupSet = { has: () => false };
  return {
    groupsIn: (lower) => {
      let bits: Uint32Array | undefined;
      let state = 0;
      for (let at = 0; at < lower.length; at++) {
        state = next[state * BYTES + (lower.charCodeAt(at) & 255)] ?? 0;
        const found = output[state];
        if (found === undefined) continue;
        bits ??= new Uint32Array(words);
        for (const group of found) bits[group >> 5] = (bits[group >> 5] ?? 0) | (1 << (group & 31));
      }
      if (bits === undefined) return nothing;
      const set = bits;
      return { has: (group) => ((set[group >> 5] ?? 0) & (1 << (group & 31))) !== 0 };
    },
  };
}

interface Automaton {
  /** Where a byte leads from a state: `next[state * 256 + byte]`. */
  readonly next: Int32Array;
  /** Groups that a state completes a literal of. */
  readonly output: (readonly number[] | undefined)[];
}

function automaton(groups: readonly (readonly ByteString[])[]): Automaton {
  const states = 1 + groups.flat().reduce((sum, literal) => sum + literal.length, 0);
  const next = new Int32Array(states * BYTES);
  const output: (number[] | undefined)[] = [undefined];
  let last = 0;
  for (const [group, literals] of groups.entries()) {
    for (const literal of literals) {
      let state = 0;
      for (let at = 0; at < literal.length; at++) {
        const edge = state * BYTES + (literal.charCodeAt(at) & 255);
        if (next[edge] === 0) next[edge] = ++last;
        state = next[edge] ?? 0;
      }
      output[state] = [...new Set([...(output[state] ?? []), group])];
    }
  }
  return { next: completed(next, output, last + 1), output };
}

/** Turns the tree into an automaton: a byte that leads nowhere leads where it would from the longest suffix. */
function completed(next: Int32Array, output: (number[] | undefined)[], states: number): Int32Array {
  const suffix = new Int32Array(states);
  const queue: number[] = [];
  for (let byte = 0; byte < BYTES; byte++) {
    const state = next[byte] ?? 0;
    if (state !== 0) queue.push(state);
  }
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] ?? 0;
    const shorter = suffix[state] ?? 0;
    const inherited = output[shorter];
    if (inherited !== undefined) output[state] = [...new Set([...(output[state] ?? []), ...inherited])];
    for (let byte = 0; byte < BYTES; byte++) {
      const edge = state * BYTES + byte;
      const child = next[edge] ?? 0;
      const fallback = next[shorter * BYTES + byte] ?? 0;
      if (child === 0) next[edge] = fallback;
      else {
        suffix[child] = fallback;
        queue.push(child);
      }
    }
  }
  return next.slice(0, states * BYTES);
}
