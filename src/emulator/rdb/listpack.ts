import type { ByteString } from '../../model/bytes.ts';
import type { Budget } from './budget.ts';
import { ITEM_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { createByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { createByteWriter } from './byte-writer.ts';
import { fits, integerOf } from './integer-text.ts';
import { Malformed } from './malformed.ts';
import { writeWideInteger } from './wide-integer.ts';

/*
 * A listpack: its length (32 bits), its number of items (16 bits, 65,535 for "count them"), the items, 0xff. An item is
 * its form, its content and, for reading backwards, its length in groups of seven bits.
 */

const HEADER = 6;
const END = 0xff;
const UNKNOWN_COUNT = 65_535;
const INT_16 = 0xf1;
const INT_24 = 0xf2;
const INT_32 = 0xf3;
const INT_64 = 0xf4;
const LONG_STRING = 0xf0;

export function packList(items: readonly ByteString[]): Buffer {
  const writer = createByteWriter(HEADER + 1 + 8 * items.length);
  writer.u32(0);
  writer.u16(Math.min(items.length, UNKNOWN_COUNT));
  for (const item of items) {
    const from = writer.length;
    writeItem(writer, item);
    writeBackLength(writer, writer.length - from);
  }
  writer.byte(END);
  writer.put32(0, writer.length);
  return writer.written();
}

const WIDTHS = { 16: INT_16, 24: INT_24, 32: INT_32, 64: INT_64 };

function writeItem(writer: ByteWriter, item: ByteString): void {
  const value = integerOf(item);
  if (value === undefined) writeText(writer, item);
  else if (value >= 0n && value < 128n) writer.byte(Number(value));
  else if (fits(value, 13)) writer.buffer([0xc0 | (Number(value >> 8n) & 0x1f), Number(value & 0xffn)]);
  else writeWideInteger(writer, value, WIDTHS);
}

function writeText(writer: ByteWriter, item: ByteString): void {
  const { length } = item;
  if (length < 64) writer.byte(0x80 | length);
  else if (length < 4_096) writer.buffer([0xe0 | (length >> 8), length & 0xff]);
  else {
    writer.byte(LONG_STRING);
    writer.u32(length);
  }
  writer.text(item);
}

function backLengthSize(length: number): number {
  if (length <= 127) return 1;
  if (length < 16_383) return 2;
  if (length < 2_097_151) return 3;
  return length < 268_435_455 ? 4 : 5;
}

function writeBackLength(writer: ByteWriter, length: number): void {
  const size = backLengthSize(length);
  for (let index = size - 1; index >= 0; index--) {
    const group = Math.trunc(length / 128 ** index) % 128;
    writer.byte(index === size - 1 ? group : group | 0x80);
  }
}

export function unpackList(bytes: Buffer, budget: Budget): ByteString[] {
  const reader = createByteReader(bytes);
  const total = reader.u32();
  const count = reader.u16();
  if (total !== bytes.length || bytes.length < HEADER + 1)
    throw new Malformed('a listpack of a wrong length');
  const items: ByteString[] = [];
  while (reader.left > 1) {
    const from = reader.at;
    const item = readItem(reader);
    budget.spend(ITEM_COST + item.length);
    items.push(item);
    reader.take(backLengthSize(reader.at - from));
  }
  if (reader.byte() !== END) throw new Malformed('a listpack without end');
  if (count !== UNKNOWN_COUNT && count !== items.length) throw new Malformed('a listpack that counts wrong');
  return items;
}

function readItem(reader: ByteReader): ByteString {
  const form = reader.byte();
  if (form < 0x80) return String(form);
  if (form < 0xc0) return reader.text(form & 0x3f);
  if (form < 0xe0) {
    const value = ((form & 0x1f) << 8) | reader.byte();
    return String(value >= 0x1000 ? value - 0x2000 : value);
  }
  if (form < 0xf0) return reader.text(((form & 0x0f) << 8) | reader.byte());
  switch (form) {
    case LONG_STRING:
      return reader.text(reader.u32());
    case INT_16:
      return String((reader.u16() << 16) >> 16);
    case INT_24:
      return String((((reader.byte() | (reader.u16() << 8)) << 8) >> 8) | 0);
    case INT_32:
      return String(reader.u32() | 0);
    case INT_64:
      return String(reader.i64());
    default:
      throw new Malformed('an unknown form of item in a listpack');
  }
}
