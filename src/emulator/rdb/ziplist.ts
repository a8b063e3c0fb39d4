import type { ByteString } from '../../model/bytes.ts';
import type { Budget } from './budget.ts';
import { ITEM_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { createByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { createByteWriter } from './byte-writer.ts';
import { fits, integerOf } from './integer-text.ts';
import { Malformed } from './malformed.ts';
import { writeInteger, writeWideInteger } from './wide-integer.ts';

/*
 * A ziplist, what listpacks were before 7.0: its length, the place of its last item (32 bits each), its number of
 * items (16 bits, 65,535 for "count them"), the items, 0xff. An item begins with the length of the one before it.
 */

const HEADER = 10;
const END = 0xff;
const UNKNOWN_COUNT = 65_535;
/** A length from here on takes five bytes, the first being this. */
const LONG_BEFORE = 254;
const INT_16 = 0xc0;
const INT_32 = 0xd0;
const INT_64 = 0xe0;
const INT_24 = 0xf0;
const INT_8 = 0xfe;
const SMALL = 0xf1;
/** Texts of this length and longer are not looked at as integers. */
const LONGEST_INTEGER = 32;

export function packZiplist(items: readonly ByteString[]): Buffer {
  const writer = createByteWriter(HEADER + 1 + 8 * items.length);
  writer.u32(0);
  writer.u32(0);
  writer.u16(Math.min(items.length, UNKNOWN_COUNT));
  let last = HEADER;
  let before = 0;
  for (const item of items) {
    last = writer.length;
    if (before < LONG_BEFORE) writer.byte(before);
    else {
      writer.byte(LONG_BEFORE);
      writer.u32(before);
    }
    writeItem(writer, item);
    before = writer.length - last;
  }
  writer.byte(END);
  writer.put32(0, writer.length);
  writer.put32(4, last);
  return writer.written();
}

const WIDTHS = { 16: INT_16, 24: INT_24, 32: INT_32, 64: INT_64 };

function writeItem(writer: ByteWriter, item: ByteString): void {
  const value = item.length < LONGEST_INTEGER ? integerOf(item) : undefined;
  if (value === undefined) writeText(writer, item);
  else if (value >= 0n && value <= 12n) writer.byte(SMALL + Number(value));
  else if (fits(value, 8)) writeInteger(writer, INT_8, value, 1);
  else writeWideInteger(writer, value, WIDTHS);
}

function writeText(writer: ByteWriter, item: ByteString): void {
  const { length } = item;
  if (length < 64) writer.byte(length);
  else if (length < 16_384) writer.buffer([0x40 | (length >> 8), length & 0xff]);
  else {
    writer.byte(0x80);
    writer.u32Big(length);
  }
  writer.text(item);
}

export function unpackZiplist(bytes: Buffer, budget: Budget): ByteString[] {
  const reader = createByteReader(bytes);
  const total = reader.u32();
  const last = reader.u32();
  const count = reader.u16();
  if (total !== bytes.length || bytes.length < HEADER + 1) throw new Malformed('a ziplist of a wrong length');
  const items: ByteString[] = [];
  let place = HEADER;
  let before = 0;
  while (reader.left > 1) {
    place = reader.at;
    const said = reader.byte();
    if (said === END || (said === LONG_BEFORE ? reader.u32() : said) !== before) {
      throw new Malformed('a ziplist that does not lead back');
    }
    const item = readItem(reader);
    budget.spend(ITEM_COST + item.length);
    items.push(item);
    before = reader.at - place;
  }
  if (reader.byte() !== END || last !== place) throw new Malformed('a ziplist without end');
  if (count !== UNKNOWN_COUNT && count !== items.length) throw new Malformed('a ziplist that counts wrong');
  return items;
}

function readItem(reader: ByteReader): ByteString {
  const form = reader.byte();
  if (form < 0x40) return reader.text(form);
  if (form < 0x80) return reader.text(((form & 0x3f) << 8) | reader.byte());
  if (form === 0x80) return reader.text(reader.u32Big());
  if (form >= SMALL && form <= SMALL + 12) return String(form - SMALL);
  switch (form) {
    case INT_8:
      return String((reader.byte() << 24) >> 24);
    case INT_16:
      return String((reader.u16() << 16) >> 16);
    case INT_24:
      return String((((reader.byte() | (reader.u16() << 8)) << 8) >> 8) | 0);
    case INT_32:
      return String(reader.u32() | 0);
    case INT_64:
      return String(reader.i64());
    default:
      throw new Malformed('an unknown form of item in a ziplist');
  }
}

/** What an item adds to a ziplist behind the one before it, bytes. */
export function ziplistItemSize(item: ByteString, before: ByteString | undefined): number {
  // Only whether the one before is long counts, and its own first bytes hardly tell.
  return contentSize(item) + (before !== undefined && contentSize(before) + 1 >= LONG_BEFORE ? 5 : 1);
}

function contentSize(item: ByteString): number {
  const writer = createByteWriter(item.length + 16);
  writeItem(writer, item);
  return writer.length;
}
