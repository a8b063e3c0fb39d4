import { createAutomaton } from '../content/literal-automaton.ts';
import type { ByteString } from '../model/bytes.ts';

/** Which groups of literals have one in a text. */
export interface GroupSet {
  has(group: number): boolean;
}

/** Finds, in one pass over a text, which groups of literals have a member in it. */
export interface LiteralScan {
  groupsIn(lower: ByteString): GroupSet;
}

/** @param groups of byte strings in lower case, none of them empty. */
export function literalScan(groups: readonly (readonly ByteString[])[]): LiteralScan {
  const automaton = createAutomaton(groups.map((literals, owner) => ({ owner, literals })));
  const words = Math.ceil(groups.length / 32);
  const nothing: GroupSet = { has: () => false };
  return {
    groupsIn: (lower) => {
      let bits: Uint32Array | undefined;
      automaton.scan(lower, (group) => {
        bits ??= new Uint32Array(words);
        bits[group >> 5] = (bits[group >> 5] ?? 0) | (1 << (group & 31));
      });
      if (bits === undefined) return nothing;
      const set: Uint32Array = bits;
      return { has: (group) => ((set[group >> 5] ?? 0) & (1 << (group & 31))) !== 0 };
    },
  };
}
