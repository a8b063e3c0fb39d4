import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, no, OUT_OF_MEMORY, SYNTAX } from '../command.ts';
import { storeChanged, textOf } from './strings.ts';

const NO_OFFSET = 'ERR bit offset is not an integer or out of range';
const MOST_BITS = 4_294_967_296;
const LONGEST_GAP = 1_048_576;

function offsetArgument(call: Call): number {
  const offset = integerArgument(argument(call, 2), NO_OFFSET);
  return offset < 0 || offset >= MOST_BITS ? fail(NO_OFFSET) : offset;
}

const bitAt = (text: ByteString, offset: number): number =>
  Math.floor(offset / 8) < text.length
    ? (text.charCodeAt(Math.floor(offset / 8)) >> (7 - (offset % 8))) & 1
    : 0;

function setBit(call: Call): ByteString {
  const offset = offsetArgument(call);
  const bit = argument(call, 3);
  if (bit !== '0' && bit !== '1') fail('ERR bit is not an integer or out of range');
  const key = argument(call, 1);
  const old = textOf(call, key) ?? '';
  const place = Math.floor(offset / 8);
  if (place > old.length + LONGEST_GAP) fail(OUT_OF_MEMORY);
  const text = old.padEnd(place + 1, '\0');
  const mask = 1 << (7 - (offset % 8));
  const code = text.charCodeAt(place);
  const changed = String.fromCharCode(bit === '1' ? code | mask : code & ~mask);
  storeChanged(call, key, text.slice(0, place) + changed + text.slice(place + 1));
  return integer(code & mask ? 1 : 0);
}

function bitCount(call: Call): ByteString {
  const text = textOf(call) ?? '';
  let [from, to] = [0, text.length - 1];
  if (call.argv.length === 4) {
    [from, to] = [integerArgument(argument(call, 2)), integerArgument(argument(call, 3))];
    if (from < 0 && to < 0 && from > to) return no;
    from = from < 0 ? Math.max(0, text.length + from) : from;
    to = to < 0 ? Math.max(0, text.length + to) : Math.min(to, text.length - 1);
  } else if (call.argv.length !== 2) fail(SYNTAX);
  let count = 0;
  for (let at = from; at <= to; at++) {
    for (let left = text.charCodeAt(at); left > 0; left &= left - 1) count++;
  }
  return integer(count);
}

export const bits: Family = {
  setbit: setBit,
  getbit: (call) => {
    const offset = offsetArgument(call);
    return integer(bitAt(textOf(call) ?? '', offset));
  },
  bitcount: bitCount,
};
