import type { ByteString } from '../../model/bytes.ts';
import type { FixedOperator } from '../match/operator.ts';
import { PatternFault } from '../regex/fault.ts';
import { isPlain, parseMacro } from '../seclang/macro.ts';
import type { OperatorSpec } from '../seclang/rule.ts';

/** Arguments made of macros; a request must not fill memory with them. */
const MOST_KEPT = 64;
const NEVER: FixedOperator = { kind: 'test', test: () => false };

/** Makes an operator for each argument that a macro expands to, and keeps the last few. */
export function fresh(
  operator: OperatorSpec,
  make: (argument: ByteString) => FixedOperator,
): (argument: ByteString) => FixedOperator {
  if (isPlain(parseMacro(operator.argument))) {
    const only = make(operator.argument);
    return () => only;
  }
  const kept = new Map<ByteString, FixedOperator>();
  return (argument) => {
    const known = kept.get(argument);
    if (known !== undefined) return known;
    let made: FixedOperator;
    try {
      made = make(argument);
    } catch (error) {
      // What a visitor sent may stand in a pattern, where it need not make sense.
      if (!(error instanceof PatternFault)) throw error;
      made = NEVER;
    }
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(argument, made);
    return made;
  };
}
