import type { ByteString } from '../../model/bytes.ts';
import type { NativeChecks } from './native.ts';
import { NATIVE_LONGEST } from './native.ts';

export interface Holding {
  readonly numbers: ReadonlySet<number>;
  /**
   * Whether the value was asked about in pieces: a piece has a beginning and an end that the value has not, so what holds
   * in one need not hold in the whole.
   */
  readonly partial: boolean;
}

/** The native engine cuts long values. Those go to it in pieces that overlap by half. */
export function askInPieces(checks: NativeChecks, which: readonly number[], value: ByteString): Holding {
  const longest = /[\x80-\xff]/.test(value) ? NATIVE_LONGEST / 2 : NATIVE_LONGEST;
  if (value.length <= longest) return { numbers: checks.holding(which, value), partial: false };
  const numbers = new Set<number>();
  for (let at = 0; at < value.length; at += longest / 2) {
    const open = which.filter((number) => !numbers.has(number));
    if (open.length === 0) break;
    for (const number of checks.holding(open, value.slice(at, at + longest))) numbers.add(number);
    if (at + longest >= value.length) break;
  }
  return { numbers, partial: true };
}
