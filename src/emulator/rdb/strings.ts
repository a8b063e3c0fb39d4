import type { ByteString } from '../../model/bytes.ts';
import type { Budget } from './budget.ts';
import { ITEM_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { fits, integerOf } from './integer-text.ts';
import { readLength, SPECIAL, writeLength } from './lengths.ts';
import { compressLzf, decompressLzf } from './lzf.ts';
import { Malformed } from './malformed.ts';

const INT_8 = 0xc0;
const INT_16 = 0xc1;
const INT_32 = 0xc2;
const LZF = 0xc3;
/** Texts longer than this are not looked at as integers, shorter ones than the other are not packed. */
const LONGEST_INTEGER = 11;
const SHORTEST_PACKED = 20;
/** Not more than a match of the format can make of three bytes; a claim beyond it is a lie. */
const MOST_EXPANSION = 264;

/** A string as a buffer: a view where that is possible. */
export function readBlob(reader: ByteReader, budget: Budget): Buffer {
  switch (reader.peek()) {
    case INT_8:
    case INT_16:
    case INT_32:
      return Buffer.from(readString(reader, budget), 'latin1');
    case LZF: {
      reader.byte();
      const packed = readLength(reader);
      const length = readLength(reader);
      const bytes = reader.take(packed);
      if (length > packed * MOST_EXPANSION) throw new Malformed('LZF data that cannot become so long');
      budget.spend(ITEM_COST + length);
      return decompressLzf(bytes, length);
    }
    default: {
      const length = readLength(reader);
      const bytes = reader.take(length);
      budget.spend(ITEM_COST + length);
      return bytes;
    }
  }
}

export function readString(reader: ByteReader, budget: Budget): ByteString {
  const first = reader.peek();
  if ((first & SPECIAL) !== SPECIAL || first === LZF) return readBlob(reader, budget).toString('latin1');
  reader.byte();
  budget.spend(ITEM_COST);
  switch (first) {
    case INT_8:
      return String((reader.byte() << 24) >> 24);
    case INT_16:
      return String((reader.u16() << 16) >> 16);
    case INT_32:
      return String(reader.u32() | 0);
    default:
      throw new Malformed('an unknown form of string');
  }
}

export function writeString(writer: ByteWriter, text: ByteString, compression: boolean): void {
  const value = text.length <= LONGEST_INTEGER ? integerOf(text) : undefined;
  if (value !== undefined && fits(value, 32)) writeInteger(writer, Number(value));
  else if (compression && text.length > SHORTEST_PACKED) {
    writeBlob(writer, Buffer.from(text, 'latin1'), compression);
  } else {
    writeLength(writer, text.length);
    writer.text(text);
  }
}

function writeInteger(writer: ByteWriter, value: number): void {
  if ((value << 24) >> 24 === value) {
    writer.byte(INT_8);
    writer.byte(value & 0xff);
  } else if ((value << 16) >> 16 === value) {
    writer.byte(INT_16);
    writer.u16(value & 0xffff);
  } else {
    writer.byte(INT_32);
    writer.u32(value >>> 0);
  }
}

/** A string that is none of the short integers: packed where that saves at least four bytes. */
export function writeBlob(writer: ByteWriter, bytes: Buffer, compression: boolean): void {
  const packed =
    compression && bytes.length > SHORTEST_PACKED ? compressLzf(bytes, bytes.length - 4) : undefined;
  if (packed !== undefined) {
    writer.byte(LZF);
    writeLength(writer, packed.length);
  }
  writeLength(writer, bytes.length);
  writer.buffer(packed ?? bytes);
}
