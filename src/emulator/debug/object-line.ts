import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { fail, NO_SUCH_KEY } from '../command.ts';
import { exceedsNode, objectEncoding } from '../encoding.ts';
import { packedBytes } from '../packed-size.ts';
import { dumpValue } from '../rdb/dump.ts';
import { rdbStyle } from '../rdb/style.ts';
import { ziplistItemSize } from '../rdb/ziplist.ts';
import { references } from '../references.ts';
import type { ValueOf } from '../value.ts';
import { isValkey, since } from '../version.ts';

/** A dump has the type before the value, and the version and a checksum behind it. */
const AROUND = 11;
const CLOCK_WRAP = 16_777_216;

/** DEBUG OBJECT's line. The address is as good as any, and stays the same. */
export function objectLine(call: Call, key: ByteString, fast: boolean): string {
  const { world, db, now } = call;
  db.size(now);
  const value = db.peek(key) ?? fail(NO_SUCH_KEY);
  const encoding = objectEncoding(call, value, key, db.expires(key));
  const used = db.usedAt(key) ?? now;
  const clock = Math.trunc(used / 1_000) % CLOCK_WRAP;
  const idle = Math.max(0, Math.trunc(now / 1_000) - Math.trunc(used / 1_000));
  const length = fast ? '' : ` serializedlength:${dumpValue(value, rdbStyle(world)).length - AROUND}`;
  const line = `Value at:${address(world.runId, key)} refcount:${references(call, value)} encoding:${encoding}${length} lru:${clock} lru_seconds_idle:${idle}`;
  const frequency = isValkey(call) ? ` lfu_freq:0 lfu_access_time_minutes:${clock >> 8}` : '';
  const nodes = value.type === 'list' && encoding === 'quicklist' ? nodeFigures(call, value) : '';
  return `${line}${frequency}${nodes}`;
}

function address(runId: string, key: ByteString): string {
  const hash = createHash('sha1').update(runId).update(key, 'latin1').digest('hex');
  return `0x7f${createHash('sha1').update(runId).digest('hex').slice(0, 4)}${hash.slice(0, 5)}0`;
}

/** The nodes of a list as they are when items were added at its end. */
function nodeFigures(call: Call, { items }: ValueOf<'list'>): string {
  const packed = since(call, 7);
  const ends = packed ? 7 : 11;
  let [nodes, total, bytes, count] = [1, 0, ends, 0];
  for (const item of items.slice()) {
    const size = packed ? packedBytes(item) : ziplistItemSize(item, undefined);
    // From 7.0 on the server reckons with the bare length and eight bytes more.
    const reckoned = packed ? item.length + 8 : size;
    if (count > 0 && exceedsNode(call, bytes + reckoned, count + 1)) {
      nodes++;
      total += bytes;
      [bytes, count] = [ends, 0];
    }
    bytes += size;
    count++;
  }
  total += bytes;
  const { config } = call.world;
  const fill = config.get('list-max-listpack-size') ?? config.get('list-max-ziplist-size') ?? '-2';
  const compressed = config.get('list-compress-depth') === '0' ? 0 : 1;
  const name = packed ? 'ql_listpack_max' : 'ql_ziplist_max';
  return ` ql_nodes:${nodes} ql_avg_node:${(items.length / nodes).toFixed(2)} ${name}:${fill} ql_compressed:${compressed} ql_uncompressed_size:${total}`;
}
