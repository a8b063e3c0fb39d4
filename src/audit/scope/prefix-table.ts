import type { Address } from './address.ts';
import type { Cidr } from './cidr.ts';
import { masked } from './cidr.ts';

/** Blocks with what belongs to them; a look-up costs one step for each different length, however many blocks. */
export interface PrefixTable<T> {
  add(block: Cidr, value: T): void;
  /** What the blocks around an address hold, the narrowest block first. */
  around(address: Address): readonly { readonly block: Cidr; readonly value: T }[];
}

export function createPrefixTable<T>(): PrefixTable<T> {
  const lengths = {
    4: new Map<number, Map<bigint, Held<T>[]>>(),
    6: new Map<number, Map<bigint, Held<T>[]>>(),
  };
  let order: { 4: number[]; 6: number[] } = { 4: [], 6: [] };
  return {
    add: (block, value) => {
      const family = lengths[block.family];
      const blocks = family.get(block.bits) ?? new Map<bigint, Held<T>[]>();
      family.set(block.bits, blocks);
      const held = blocks.get(block.base) ?? [];
      blocks.set(block.base, held);
      held.push({ block, value });
      order = { ...order, [block.family]: [...family.keys()].toSorted((one, other) => other - one) };
    },
    around: ({ family, value }) => {
      const found: Held<T>[] = [];
      for (const bits of order[family]) {
        const held = lengths[family].get(bits)?.get(masked(family, value, bits));
        if (held !== undefined) found.push(...held);
      }
      return found;
    },
  };
}

interface Held<T> {
  readonly block: Cidr;
  readonly value: T;
}
