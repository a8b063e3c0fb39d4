import type { ByteString } from '../../model/bytes.ts';
import { crc64 } from '../../redis/crc64.ts';
import { OPCODE } from '../../redis/rdb-types.ts';
import { usedMemory } from '../info/used-memory.ts';
import type { Keyspace } from '../keyspace.ts';
import { librariesOf } from '../lua/library.ts';
import { sizeOf } from '../value.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';
import type { ByteWriter } from './byte-writer.ts';
import { createByteWriter } from './byte-writer.ts';
import { writeLength } from './lengths.ts';
import { writeString } from './strings.ts';
import type { RdbStyle } from './style.ts';
import { rdbStyle } from './style.ts';
import { writeValue } from './write-value.ts';

/** Where a replica's stream goes on after this file: the database selected, the id and the offset. */
export interface ReplicationPoint {
  readonly db: number;
  readonly id: string;
  readonly offset: number;
}

/** Bytes collected before a part is handed out. */
const PART = 65_536;
/** Longer values, and whatever is beyond the other limit, are left out: a visitor who asks may not cost more. */
const LARGEST_VALUE = 8_388_608;
const LARGEST_FILE = 25_165_824;

/** An RDB file of what the group that has its turn sees. */
export function writeRdb(world: World, point?: ReplicationPoint): ByteString {
  return Buffer.concat([...rdbParts(world, point)]).toString('latin1');
}

/** The same in parts, for who wants to do something else between them. The group must be entered for each. */
export function* rdbParts(world: World, point?: ReplicationPoint): Generator<Buffer> {
  const style = rdbStyle(world);
  const now = world.clock.now();
  let writer = createByteWriter(PART);
  let checksum = 0n;
  let total = 0;
  const part = (): Buffer => {
    const bytes = writer.written();
    checksum = crc64(bytes, checksum);
    total += bytes.length;
    writer = createByteWriter(PART);
    return bytes;
  };
  writeHead(writer, world, style, point);
  for (const [number, database] of world.databases.entries()) {
    const keys = [...database.keys(now)];
    if (keys.length === 0) continue;
    writeDatabase(writer, number, database, now);
    for (const key of keys) {
      writeKey(writer, database, key, style);
      if (writer.length < PART) continue;
      yield part();
      if (total > LARGEST_FILE) break;
    }
  }
  if (!since({ world }, 7) && point !== undefined) {
    for (const script of world.scripts.values()) writeAux(writer, 'lua', script);
  }
  writer.byte(OPCODE.end);
  yield part();
  if (world.config.get('rdbchecksum') === 'no') checksum = 0n;
  writer.i64(BigInt.asIntN(64, checksum));
  yield writer.written();
}

function writeHead(
  writer: ByteWriter,
  world: World,
  style: RdbStyle,
  point: ReplicationPoint | undefined,
): void {
  writer.text(`REDIS${String(style.rdbVersion).padStart(4, '0')}`);
  writeAux(writer, isValkey({ world }) ? 'valkey-ver' : 'redis-ver', world.persona.version);
  writeAux(writer, 'redis-bits', '64');
  writeAux(writer, 'ctime', String(Math.trunc(world.clock.now() / 1_000)));
  writeAux(writer, 'used-mem', String(Math.trunc(usedMemory(world))));
  if (point !== undefined) {
    writeAux(writer, 'repl-stream-db', String(point.db));
    writeAux(writer, 'repl-id', point.id);
    writeAux(writer, 'repl-offset', String(point.offset));
  }
  const newer = since({ world }, 7);
  writeAux(writer, newer ? 'aof-base' : 'aof-preamble', '0');
  if (!newer) return;
  for (const { code } of librariesOf(world).values()) {
    writer.byte(OPCODE.function2);
    writeString(writer, code, style.compression);
  }
}

function writeAux(writer: ByteWriter, name: ByteString, value: ByteString): void {
  writer.byte(OPCODE.aux);
  writeString(writer, name, true);
  writeString(writer, value, true);
}

function writeDatabase(writer: ByteWriter, number: number, database: Keyspace, now: number): void {
  writer.byte(OPCODE.selectDb);
  writeLength(writer, number);
  writer.byte(OPCODE.resize);
  writeLength(writer, database.size(now));
  writeLength(writer, database.expiring(now).count);
}

function writeKey(writer: ByteWriter, database: Keyspace, key: ByteString, style: RdbStyle): void {
  const value = database.peek(key);
  if (value === undefined || sizeOf(value) > LARGEST_VALUE) return;
  const expires = database.expires(key);
  if (expires !== undefined) {
    writer.byte(OPCODE.expireMs);
    writer.i64(BigInt(Math.trunc(expires)));
  }
  const policy = style.world.config.get('maxmemory-policy') ?? '';
  if (policy.includes('lru')) {
    writer.byte(OPCODE.idle);
    const used = database.usedAt(key) ?? style.world.clock.now();
    writeLength(writer, Math.max(0, Math.trunc((style.world.clock.now() - used) / 1_000)));
  } else if (policy.includes('lfu')) {
    writer.byte(OPCODE.frequency);
    // What a new key has.
    writer.byte(5);
  }
  // The key stands between the type and the value.
  const inner = createByteWriter();
  writeValue(inner, value, style);
  const bytes = inner.written();
  writer.buffer(bytes.subarray(0, 1));
  writeString(writer, key, style.compression);
  writer.buffer(bytes.subarray(1));
}
