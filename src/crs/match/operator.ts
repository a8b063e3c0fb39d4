import type { ByteString } from '../../model/bytes.ts';
import type { Pattern } from '../regex/pattern.ts';

/**
 * A test of a value that asks nothing of the request around it, so its answer can be kept. `present`: one of the literals
 * is there, and that is the answer.
 */
export type FixedOperator =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'present'; readonly literals: readonly ByteString[] }
  | {
      readonly kind: 'test';
      readonly test: (value: ByteString) => boolean;
      /** Whether it is worth to remember the answer. */
      readonly costly?: true;
    };

/** One of these has to be in a value on which the operator holds; undefined when nothing has to. */
export function literalsOf(operator: FixedOperator): readonly ByteString[] | undefined {
  switch (operator.kind) {
    case 'pattern':
      return operator.pattern.literals;
    case 'present':
      return operator.literals;
    case 'test':
      return undefined;
  }
}
