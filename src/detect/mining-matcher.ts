import { miningSigns } from '../content/mining.ts';
import type { Layer } from './act-text.ts';
import type { Matcher } from './patterns.ts';

const counted = new WeakMap<Layer, number>();

/** Holds where a text shows at least so many different signs of coin mining. */
export function miningMatcher(least: number): Matcher {
  return {
    find: (layer) => {
      const count = counted.get(layer) ?? miningSigns(layer.text).length;
      counted.set(layer, count);
      return count >= least ? { layer, at: 0 } : undefined;
    },
  };
}
