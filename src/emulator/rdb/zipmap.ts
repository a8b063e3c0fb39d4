import type { ByteString } from '../../model/bytes.ts';
import type { Budget } from './budget.ts';
import { ITEM_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { createByteReader } from './byte-reader.ts';
import { Malformed } from './malformed.ts';

const END = 0xff;
const LONG = 254;

/** The small hash of Redis before 2.6: fields and values in turn. */
export function unpackZipmap(bytes: Buffer, budget: Budget): ByteString[] {
  const reader = createByteReader(bytes);
  reader.byte();
  const items: ByteString[] = [];
  for (;;) {
    const form = reader.byte();
    if (form === END) break;
    const field = reader.text(form === LONG ? reader.u32() : form);
    const length = lengthOf(reader);
    // Bytes that a longer value has left behind.
    const free = reader.byte();
    const value = reader.text(length);
    reader.take(free);
    budget.spend(2 * ITEM_COST + field.length + value.length);
    items.push(field, value);
  }
  if (reader.left > 0) throw new Malformed('bytes behind a zipmap');
  return items;
}

function lengthOf(reader: ByteReader): number {
  const first = reader.byte();
  if (first === END) throw new Malformed('a zipmap that ends within an item');
  return first === LONG ? reader.u32() : first;
}
