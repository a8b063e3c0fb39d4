import type { ByteString } from '../../model/bytes.ts';
import { TYPE } from '../../redis/rdb-types.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeLength } from './lengths.ts';
import { packList } from './listpack.ts';
import { writeBlob, writeString } from './strings.ts';
import type { RdbStyle } from './style.ts';

/** A hash some of whose fields have a time to live (7.4 and later). */
export function writeTimedHash(
  writer: ByteWriter,
  fields: ReadonlyMap<ByteString, ByteString>,
  expiries: ReadonlyMap<ByteString, number>,
  small: boolean,
  style: RdbStyle,
): void {
  const least = leastOf(expiries.values());
  writer.byte(small ? TYPE.hashListpackTtl : TYPE.hashMetadata);
  writer.i64(BigInt(least));
  if (small) {
    // The soonest first; those without a time at the end.
    const rows = [...fields].toSorted(
      ([one], [other]) => (expiries.get(one) ?? Infinity) - (expiries.get(other) ?? Infinity) || 0,
    );
    const items = rows.flatMap(([field, value]) => [field, value, String(expiries.get(field) ?? 0)]);
    writeBlob(writer, packList(items), style.compression);
    return;
  }
  writeLength(writer, fields.size);
  for (const [field, value] of fields) {
    const time = expiries.get(field);
    writeLength(writer, time === undefined ? 0 : time - least + 1);
    writeString(writer, field, style.compression);
    writeString(writer, value, style.compression);
  }
}

function leastOf(times: Iterable<number>): number {
  let least = Infinity;
  for (const time of times) least = Math.min(least, time);
  return least;
}
