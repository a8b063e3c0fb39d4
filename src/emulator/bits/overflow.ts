import type { FieldWord } from './field-words.ts';

/**
 * `value` plus `by` as a field holds it, by its way with what does not fit; undefined when it is to fail. The sums wrap
 * at 64 bits where the server's do (bitops.c), so that odd cases come out alike.
 */
export function fitted(
  field: Pick<FieldWord, 'signed' | 'width' | 'overflow'>,
  value: bigint,
  by: bigint,
): bigint | undefined {
  const over = field.signed ? signedOver(field.width, value, by) : unsignedOver(field.width, value, by);
  const wrap = (width: number, sum: bigint): bigint =>
    field.signed ? BigInt.asIntN(width, sum) : BigInt.asUintN(width, sum);
  if (over === undefined) return wrap(64, value + by);
  if (field.overflow === 'fail') return undefined;
  return field.overflow === 'sat' ? over : wrap(field.width, value + by);
}

/** The bound that is passed, if one is. */
function signedOver(width: number, value: bigint, by: bigint): bigint | undefined {
  const most = (1n << BigInt(width - 1)) - 1n;
  const least = -most - 1n;
  const room = BigInt.asIntN(64, most - value);
  const depth = BigInt.asIntN(64, least - value);
  const narrow = width !== 64;
  if (value > most || (narrow && by > room) || (value >= 0n && by > 0n && by > room)) return most;
  if (value < least || (narrow && by < depth) || (value < 0n && by < 0n && by < depth)) return least;
  return undefined;
}

function unsignedOver(width: number, given: bigint, by: bigint): bigint | undefined {
  const value = BigInt.asUintN(64, given);
  const most = (1n << BigInt(width)) - 1n;
  if (value > most || (by > 0n && by > BigInt.asIntN(64, most - value))) return most;
  return by < 0n && by < BigInt.asIntN(64, -value) ? 0n : undefined;
}
