import type { ByteSet } from './byte-set.ts';

/** A pattern over bytes. Letter case is resolved while parsing: a set holds both cases where both match. */
export type Node =
  | { readonly kind: 'set'; readonly set: ByteSet }
  | { readonly kind: 'seq'; readonly items: readonly Node[] }
  | { readonly kind: 'alt'; readonly options: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly min: number;
      /** Infinity when there is no limit. */
      readonly max: number;
      readonly lazy: boolean;
    }
  | { readonly kind: 'group'; readonly item: Node }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly item: Node }
  | { readonly kind: 'back'; readonly index: number };

export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'not-word';

export interface ParsedPattern {
  readonly node: Node;
  /** Look-around or back reference: nothing a linear engine can do, but for lookbehinds without captures. */
  readonly beyondLinear: readonly ('lookahead' | 'lookbehind' | 'back reference')[];
  /** Possessive quantifiers and atomic groups were read as greedy ones: what matches before still matches. */
  readonly loosened: boolean;
}
