import type { ByteString } from '../../model/bytes.ts';
import { bufferFromBytes } from '../../model/bytes.ts';
import { crc64 } from '../../redis/crc64.ts';
import { createBudget } from '../rdb/budget.ts';
import { createByteReader } from '../rdb/byte-reader.ts';
import { createByteWriter } from '../rdb/byte-writer.ts';
import { withoutThrowing } from '../rdb/malformed.ts';
import { readString, writeString } from '../rdb/strings.ts';

/** RDB_OPCODE_FUNCTION2, in front of each library's code. */
const FUNCTION = 0xf5;
const FOOTER = 10;
const BUDGET = 8_388_608;

/** What FUNCTION DUMP answers: the libraries' code, the version of RDB and a CRC-64. */
export function dumpLibraries(codes: readonly ByteString[], rdbVersion: number): ByteString {
  const writer = createByteWriter();
  for (const code of codes) {
    writer.byte(FUNCTION);
    writeString(writer, code, true);
  }
  writer.u16(rdbVersion);
  writer.i64(BigInt.asIntN(64, crc64(writer.written())));
  return writer.written().toString('latin1');
}

/** The code of the libraries in a payload whose checksum is right; undefined when it holds anything else. */
export function dumpedLibraries(payload: ByteString): readonly ByteString[] | undefined {
  const bytes = bufferFromBytes(payload.slice(0, -FOOTER));
  const read = withoutThrowing(() => {
    const reader = createByteReader(bytes);
    const budget = createBudget(BUDGET);
    const codes: ByteString[] = [];
    while (reader.left > 0) {
      if (reader.byte() !== FUNCTION) return undefined;
      codes.push(readString(reader, budget));
    }
    return codes;
  });
  return Array.isArray(read) ? read : undefined;
}
