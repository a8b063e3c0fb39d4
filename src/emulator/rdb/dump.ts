import type { ByteString } from '../../model/bytes.ts';
import { bufferFromBytes } from '../../model/bytes.ts';
import { crc64 } from '../../redis/crc64.ts';
import type { Value } from '../value.ts';
import { createBudget } from './budget.ts';
import { createByteReader } from './byte-reader.ts';
import { createByteWriter } from './byte-writer.ts';
import type { RdbFault } from './malformed.ts';
import { Malformed, withoutThrowing } from './malformed.ts';
import { readValue } from './read-value.ts';
import type { RdbStyle } from './style.ts';
import { writeValue } from './write-value.ts';

/** The version of the format (16 bits) and the checksum of all before it (64 bits). */
const FOOTER = 10;
const CHECKSUM = 8;

/** What DUMP answers: the type, the value, the version of RDB and a CRC-64. */
export function dumpValue(value: Value, style: RdbStyle): ByteString {
  const writer = createByteWriter();
  writeValue(writer, value, style);
  writer.u16(style.rdbVersion);
  writer.i64(BigInt.asIntN(64, crc64(writer.written())));
  return writer.written().toString('latin1');
}

/** True when the version is one that a server of `rdbVersion` takes and the checksum is right. */
export function isDump(payload: ByteString, rdbVersion: number): boolean {
  if (payload.length < FOOTER) return false;
  const bytes = bufferFromBytes(payload);
  if (bytes.readUInt16LE(bytes.length - FOOTER) > rdbVersion) return false;
  const end = bytes.length - CHECKSUM;
  return bytes.readBigUInt64LE(end) === crc64(bytes.subarray(0, end));
}

/** The value of a payload that `isDump`; a fault when it is none, or one that would cost more than `budget` bytes. */
export function restoreValue(payload: ByteString, budget: number): Value | RdbFault {
  const bytes = bufferFromBytes(payload);
  return withoutThrowing(() => {
    // The version and the checksum are not kept out: real servers read on into them where a value is cut short.
    const reader = createByteReader(bytes);
    const value = readValue(reader.byte(), reader, createBudget(budget));
    if (value === undefined) throw new Malformed('a value of a module');
    return value;
  });
}
