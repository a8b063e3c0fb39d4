import { Malformed } from './malformed.ts';

/** What reading may make: a few bytes can promise any amount (LZF, fields that stream entries share). */
export interface Budget {
  /** Takes from what is left; `Malformed` when it does not suffice. */
  spend(bytes: number): void;
  readonly left: number;
}

/** What an item costs beside its bytes. */
export const ITEM_COST = 16;
/** The same for a member of a set and a field of a hash, and for a member of a sorted set, beyond that. */
export const MEMBER_COST = 32;
export const SCORED_COST = 100;

export function createBudget(bytes: number): Budget {
  let left = bytes;
  return {
    spend: (count) => {
      left -= count;
      if (left < 0) throw new Malformed('more than the budget allows', true);
    },
    get left() {
      return left;
    },
  };
}
