import type { ByteString } from '../model/bytes.ts';
import type { Call } from './command.ts';
import { argument, fail, integerArgument } from './command.ts';

/** Start and stop of a range, at arguments 2 and 3. */
export function bounds(call: Call): { first: number; last: number } {
  return { first: integerArgument(argument(call, 2)), last: integerArgument(argument(call, 3)) };
}

/** The part of `length` items that negative indexes from the end may name; `to` is exclusive. */
export function range(first: number, last: number, length: number): { from: number; to: number } {
  const from = first < 0 ? Math.max(0, length + first) : first;
  const to = (last < 0 ? length + last : Math.min(last, length - 1)) + 1;
  return from >= to ? { from: 0, to: 0 } : { from, to };
}

/** A number from `least` on, or the error that the command has for it. */
export function atLeast(text: ByteString, least: number, message: string): number {
  const value = integerArgument(text, message);
  if (value < least) fail(message);
  return value;
}

export const NOT_POSITIVE = 'ERR value is out of range, must be positive';
