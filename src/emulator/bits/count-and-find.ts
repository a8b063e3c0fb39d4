import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, no, SYNTAX } from '../command.ts';
import { lengthOf } from '../strings/long-string.ts';
import { placesOf } from '../strings/range.ts';
import { stringOf } from '../strings/store.ts';
import { isValkey, since } from '../version.ts';
import { countBits, findBit } from './bit-range.ts';

/** Ends of a range, in bytes or in bits. */
interface Ends {
  readonly from: bigint;
  readonly to: bigint;
  readonly bits: boolean;
}

export function bitCount(call: Call): ByteString {
  const key = argument(call, 1);
  // Up to 7.0 the key is looked at first, and a missing one ends it.
  if (!since(call, 7.2) && stringOf(call, key) === undefined) return no;
  const ends = countEnds(call);
  const value = stringOf(call, key);
  if (value === undefined || ends === undefined) return no;
  const { from, to, bits } = ends;
  if (from < 0n && to < 0n && from > to) return no;
  const range = placesOf(from, to, lengthOf(value) * (bits ? 8 : 1));
  if (range === undefined) return no;
  return integer(
    bits ? countBits(value, range.from, range.to) : countBits(value, range.from * 8, range.to * 8 + 7),
  );
}

const WHOLE: Ends = { from: 0n, to: -1n, bits: false };

/** Undefined when the ends are so far apart the wrong way that 7.0 does not read on. */
function countEnds(call: Call): Ends | undefined {
  const given = call.argv.length;
  if (given === 2) return WHOLE;
  const open = given === 3 && isValkey(call);
  if (!open && given !== 4 && (given !== 5 || !since(call, 7))) fail(SYNTAX);
  const from = exactInteger(argument(call, 2));
  const to = open ? -1n : exactInteger(argument(call, 3));
  if (!since(call, 7.2) && from < 0n && to < 0n && from > to) return undefined;
  return { from, to, bits: given === 5 && isBits(call, 4) };
}

function isBits(call: Call, at: number): boolean {
  const word = argument(call, at).toLowerCase();
  return word === 'bit' || (word === 'byte' ? false : fail(SYNTAX));
}

export function bitPos(call: Call): ByteString {
  const key = argument(call, 1);
  const wanted = exactInteger(argument(call, 2));
  if (wanted !== 0n && wanted !== 1n) fail('ERR The bit argument must be 1 or 0.');
  const missing = integer(wanted === 1n ? -1 : 0);
  if (!since(call, 7.2) && stringOf(call, key) === undefined) return missing;
  const ends = findEnds(call);
  const value = stringOf(call, key);
  if (value === undefined) return missing;
  const length = lengthOf(value);
  const range = placesOf(ends.from, ends.to, length * (ends.bits ? 8 : 1));
  if (range === undefined) return integer(-1);
  const [from, to] = ends.bits ? [range.from, range.to] : [range.from * 8, range.to * 8 + 7];
  const found = findBit(value, wanted === 1n ? 1 : 0, from, to);
  // Without an end, zeros follow the string.
  return integer(found ?? (wanted === 0n && !ends.ended ? length * 8 : -1));
}

function findEnds(call: Call): Ends & { readonly ended: boolean } {
  const given = call.argv.length;
  if (given > (since(call, 7) ? 6 : 5)) fail(SYNTAX);
  const from = given > 3 ? exactInteger(argument(call, 3)) : 0n;
  const bits = given > 5 && isBits(call, 5);
  const to = given > 4 ? exactInteger(argument(call, 4)) : -1n;
  return { from, to, bits, ended: given > 4 };
}
