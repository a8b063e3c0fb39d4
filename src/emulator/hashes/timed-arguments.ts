import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail } from '../command.ts';

/** Greatest time of a field, milliseconds since 1970 UTC: 48 bits, of which two are kept back (t_hash.c of 7.4). */
const LATEST = 2n ** 46n - 1n;

/** When a field is to be due. `unit`: milliseconds; `relative`: counted from now. */
export function fieldTime(
  call: Call,
  text: ByteString,
  { unit, relative }: { unit: bigint; relative: boolean },
): number {
  const time = exactInteger(text);
  if (time < 0n) fail('ERR invalid expire time, must be >= 0');
  const from = relative ? BigInt(call.now) : 0n;
  if (time > LATEST / unit || time * unit > LATEST - from) {
    fail(`ERR invalid expire time in '${argument(call, 0).toLowerCase()}' command`);
  }
  return Number(time * unit + from);
}

/** `FIELDS n field ...` from argument `at` to the end. */
export function namedFields(call: Call, at: number, badCount: string): readonly ByteString[] {
  if (argument(call, at).toLowerCase() !== 'fields') {
    fail('ERR Mandatory argument FIELDS is missing or not at the right position');
  }
  const count = fieldCount(argument(call, at + 1), badCount);
  const fields = call.argv.slice(at + 2);
  if (fields.length !== count) fail('ERR The `numfields` parameter must match the number of arguments');
  return fields;
}

export function fieldCount(text: ByteString, message: string): number {
  const count = exactInteger(text, message);
  if (count < 1n) fail(message);
  return Number(count);
}

export const BAD_COUNT = 'ERR Number of fields must be a positive integer';

/** The words that come before a time, and how it is meant. */
export const TIME_WORDS: ReadonlyMap<string, { unit: bigint; relative: boolean }> = new Map([
  ['ex', { unit: 1_000n, relative: true }],
  ['px', { unit: 1n, relative: true }],
  ['exat', { unit: 1_000n, relative: false }],
  ['pxat', { unit: 1n, relative: false }],
]);
