import type { ByteString } from '../../model/bytes.ts';
import type { Pattern } from '../regex/pattern.ts';

/**
 * A test of a value that asks nothing of the request around it, so its answer can be kept. `present`: one of the literals
 * is there, and that is the answer.
 */
export type FixedOperator =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'present'; readonly literals: readonly ByteString[] }
  | { readonly kind: 'test'; readonly test: (value: ByteString) => boolean };
