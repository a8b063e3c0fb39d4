import type { ByteString } from '../../model/bytes.ts';
import { fail } from '../command.ts';
import type { StreamId } from './id.ts';
import { LAST_ID, nextId, previousId, streamId, ZERO_ID } from './id.ts';

export const BAD_ID = 'ERR Invalid stream ID specified as stream command argument';

export const MOST_WIDE = 18_446_744_073_709_551_615n;

/** Bytes of an id as text that are read at all. */
const LONGEST = 127;

export interface PartialId {
  readonly ms: bigint;
  /** Undefined when it was not said, and `*` when it is the server's to choose. */
  readonly seq: bigint | '*' | undefined;
}

/** `ms` or `ms-seq`, and `ms-*` where that is allowed (7.0 and later). */
export function parseId(text: ByteString, star = false): PartialId {
  if (text.length > LONGEST) fail(BAD_ID);
  const end = text.indexOf('\0');
  const shown = end < 0 ? text : text.slice(0, end);
  const dash = shown.indexOf('-');
  const ms = unsigned(dash < 0 ? shown : shown.slice(0, dash));
  const rest = dash < 0 ? undefined : shown.slice(dash + 1);
  const seq = rest === undefined ? undefined : star && rest === '*' ? '*' : unsigned(rest);
  if (ms === undefined || (rest !== undefined && seq === undefined)) fail(BAD_ID);
  return { ms, seq };
}

/** An id in full; `missing` stands for a sequence number that was not said. */
export function strictId(text: ByteString, missing = 0n): StreamId {
  const { ms, seq = missing } = parseId(text);
  return streamId(ms, seq === '*' ? missing : seq);
}

/** The same with `-` and `+` for the least and the greatest. */
export function looseId(text: ByteString, missing = 0n): StreamId {
  if (text === '-') return ZERO_ID;
  return text === '+' ? LAST_ID : strictId(text, missing);
}

/** An end of an interval; `(` excludes it (6.2 and later). */
export function intervalStart(text: ByteString, open: boolean): StreamId {
  if (!open || text.length < 2 || !text.startsWith('(')) return looseId(text);
  return nextId(strictId(text.slice(1))) ?? fail('ERR invalid start ID for the interval');
}

export function intervalEnd(text: ByteString, open: boolean): StreamId {
  if (!open || text.length < 2 || !text.startsWith('(')) return looseId(text, MOST_WIDE);
  return previousId(strictId(text.slice(1), MOST_WIDE)) ?? fail('ERR invalid end ID for the interval');
}

/** As string2ull does: a plain number, or else whatever strtoull takes. */
function unsigned(text: ByteString): bigint | undefined {
  const found = /^[ \t\n\v\f\r]*([+-]?)(\d+)$/.exec(text);
  if (found === null) return undefined;
  const [, sign, digits = ''] = found;
  const value = BigInt(digits);
  // What string2ll reads as a negative number is refused; what only strtoull reads wraps around.
  const negative = /^-[1-9]/.test(text) && value <= 9_223_372_036_854_775_808n;
  if (value > MOST_WIDE || negative) return undefined;
  return sign === '-' ? BigInt.asUintN(64, -value) : value;
}
