import type { ByteString } from '../../model/bytes.ts';

/**
 * Which values of a dump are judged. Judging costs a hundred times as much as reading, so of a large file a part has to
 * do: as much as fits in a budget that is spent evenly over the file. Of a small one, everything.
 */
export interface JudgePace {
  /** False while only striking values are judged: a glance at their beginning has to do. */
  readonly isOpen: (offset: number) => boolean;
  /** True when this value is to be judged; takes its cost from the budget. @param name what the name of its key tells. */
  readonly takes: (value: ByteString, offset: number, name: NameSign) => boolean;
}

/** A name of campaigns or of our sensors, which is judged in any case; one of a rare shape; any other. */
export type NameSign = 'known' | 'rare' | 'usual';

/** What a value costs beside its bytes, counted in bytes. */
const EACH = 192;
/** Of the budget, what may be spent at any place of the file. */
const BURST = 0.25;
/** Values that look like an attack or a secret have a budget of their own, so that nothing crowds them out. */
const STRIKING = 0.5;

/** Files of up to this size may take their time: some seconds. */
const SMALL_FILES = 268_435_456;

/** Enough for all of a dump of some 40 MB; of large ones a part that is judged within seconds. */
export function usualBudget(size: number | undefined): number {
  return size !== undefined && size <= SMALL_FILES ? 100_663_296 : 67_108_864;
}

/**
 * @param budget in bytes of values; a small value counts as about 200.
 * @param size of all files, undefined for a pipe.
 * @param isStriking a quick look at a value that tells which ones to judge in any case.
 */
export function createJudgePace(
  budget: number,
  size: number | undefined,
  isStriking: (value: ByteString) => boolean,
): JudgePace {
  const rate = size === undefined ? undefined : (budget * (1 - BURST)) / Math.max(1, size);
  const allowed = (offset: number): number => (rate === undefined ? budget : budget * BURST + rate * offset);
  let spent = 0;
  let striking = budget * STRIKING;
  return {
    isOpen: (offset) => spent <= allowed(offset),
    takes: (value, offset, name) => {
      if (name === 'known') return true;
      const cost = EACH + value.length;
      // The one that crosses the line is taken: who was told that it is open has read it whole.
      if (spent <= allowed(offset)) {
        spent += cost;
        return true;
      }
      if (striking < cost || (name !== 'rare' && !isStriking(value))) return false;
      striking -= cost;
      return true;
    },
  };
}
