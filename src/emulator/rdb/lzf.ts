import { Malformed } from './malformed.ts';

/*
 * The LZF format: a control byte below 32 is followed by that many literals and one more; otherwise its upper three
 * bits are a length less 2 (7: another byte of length follows) and the lower five with the next byte a distance back
 * less 1. Many packings of the same bytes are valid. What is chosen here is what liblzf with a table of 2^16 slots
 * chooses in its "very fast" form, because DUMP shows it.
 */

const SLOTS = 65_536;
const MOST_LITERALS = 32;
const FARTHEST = 8_192;
/** Beyond the two bytes that every match has. */
const LONGEST = 264;
/** The matching loop of liblzf looks at so many bytes unrolled: close to the end it goes a little further than asked. */
const UNROLLED = 16;

/** Where three bytes were seen last, counted through all calls: what is below `base` is from an earlier one. */
const slots = new Int32Array(SLOTS);
let base = 0;
const MOST_PLACES = 2 ** 31 - 1;

/** The packed bytes; undefined when they would not fit in `room`. */
export function compressLzf(input: Uint8Array, room: number): Buffer | undefined {
  const end = input.length;
  const output = Buffer.allocUnsafe(room + MOST_LITERALS + 8);
  if (base > MOST_PLACES - end) {
    slots.fill(0);
    base = 0;
  }
  const first = base;
  base += end;
  let from = 0;
  let to = 1;
  let literals = 0;
  const at = (index: number): number => input[index] ?? 0;
  const slotOf = (index: number): number => {
    const three = (at(index) << 16) | (at(index + 1) << 8) | at(index + 2);
    return ((three >> 8) - three * 5) & (SLOTS - 1);
  };
  const literal = (): void => {
    output[to++] = at(from++);
    if (++literals === MOST_LITERALS) endRun();
  };
  const endRun = (): void => {
    output[to - literals - 1] = literals - 1;
    literals = 0;
    to++;
  };
  const matched = (start: number): number => {
    const most = Math.min(end - from - 2, LONGEST);
    const limit = most > UNROLLED ? Math.max(most, UNROLLED + 3) : most;
    let length = 3;
    while (length < limit && at(start + length) === at(from + length)) length++;
    return length;
  };

  while (from < end - 2) {
    const slot = slotOf(from);
    const start = (slots[slot] ?? 0) - first;
    slots[slot] = first + from;
    const distance = from - start - 1;
    const same =
      start > 0 &&
      distance < FARTHEST &&
      at(start) === at(from) &&
      at(start + 1) === at(from + 1) &&
      at(start + 2) === at(from + 2);
    if (!same) {
      if (to >= room) return undefined;
      literal();
      continue;
    }
    if (to - (literals === 0 ? 1 : 0) + 4 >= room) return undefined;
    // An empty run gives its control byte back.
    if (literals > 0) output[to - literals - 1] = literals - 1;
    else to--;
    literals = 0;
    const length = matched(start);
    const long = length - 2;
    output[to++] = (distance >> 8) + (Math.min(long, 7) << 5);
    if (long >= 7) output[to++] = long - 7;
    output[to++] = distance & 0xff;
    to++;
    from += length;
    if (from >= end - 2) break;
    // The last two places of the match are remembered as well.
    slots[slotOf(from - 2)] = first + from - 2;
    slots[slotOf(from - 1)] = first + from - 1;
  }
  if (to + 3 > room) return undefined;
  for (let left = end - from; left > 0; left--) literal();
  if (literals > 0) output[to - literals - 1] = literals - 1;
  else to--;
  return output.subarray(0, to);
}

/** Exactly `length` bytes, or `Malformed`. The caller has to have decided that it can afford them. */
export function decompressLzf(input: Uint8Array, length: number): Buffer {
  const output = Buffer.alloc(length);
  let to = 0;
  let from = 0;
  const next = (): number => {
    const byte = input[from++];
    if (byte === undefined) throw new Malformed('LZF data end too soon');
    return byte;
  };
  while (from < input.length) {
    const control = next();
    if (control < MOST_LITERALS) {
      const count = control + 1;
      if (count > input.length - from || count > length - to) throw new Malformed('LZF data do not fit');
      output.set(input.subarray(from, from + count), to);
      from += count;
      to += count;
      continue;
    }
    let count = control >> 5;
    if (count === 7) count += next();
    count += 2;
    const start = to - (((control & 0x1f) << 8) | next()) - 1;
    if (start < 0 || count > length - to) throw new Malformed('LZF data do not fit');
    // Byte by byte: a match may run into what it writes.
    for (let index = 0; index < count; index++) output[to + index] = output[start + index] ?? 0;
    to += count;
  }
  if (to !== length) throw new Malformed('LZF data end too soon');
  return output;
}
