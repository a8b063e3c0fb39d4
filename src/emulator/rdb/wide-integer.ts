import type { ByteWriter } from './byte-writer.ts';
import { fits } from './integer-text.ts';

/** The bytes that say how wide an integer is, by its bits: a listpack and a ziplist have their own. */
export interface WidthForms {
  readonly 16: number;
  readonly 24: number;
  readonly 32: number;
  readonly 64: number;
}

/** An integer of 16 to 64 bits in the least of the widths that it fits. */
export function writeWideInteger(writer: ByteWriter, value: bigint, forms: WidthForms): void {
  if (fits(value, 16)) writeInteger(writer, forms[16], value, 2);
  else if (fits(value, 24)) writeInteger(writer, forms[24], value, 3);
  else if (fits(value, 32)) writeInteger(writer, forms[32], value, 4);
  else writeInteger(writer, forms[64], value, 8);
}

/** A form and the integer's bytes, the least significant first. */
export function writeInteger(writer: ByteWriter, form: number, value: bigint, bytes: number): void {
  writer.byte(form);
  for (let index = 0; index < bytes; index++) writer.byte(Number((value >> BigInt(8 * index)) & 0xffn));
}
