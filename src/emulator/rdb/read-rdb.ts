import type { ByteString } from '../../model/bytes.ts';
import { crc64 } from '../../redis/crc64.ts';
import { OPCODE } from '../../redis/rdb-types.ts';
import type { Value } from '../value.ts';
import type { Budget } from './budget.ts';
import { createBudget } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { createByteReader } from './byte-reader.ts';
import { readLength, readWide } from './lengths.ts';
import { Malformed } from './malformed.ts';
import { skipModule } from './read-module.ts';
import { readValue } from './read-value.ts';
import { readString } from './strings.ts';

export interface RdbEntry {
  readonly db: number;
  readonly key: ByteString;
  readonly value: Value;
  /** Milliseconds since 1970 UTC. */
  readonly expires: number | undefined;
}

/** What an RDB file holds. */
export interface RdbContent {
  /** Of the format; 0 when it is no RDB at all. */
  readonly version: number;
  readonly entries: readonly RdbEntry[];
  /** In their order: redis-ver, ctime, repl-id, ... */
  readonly aux: readonly (readonly [name: ByteString, value: ByteString])[];
  /** The code of function libraries. */
  readonly functions: readonly ByteString[];
  /** Keys whose values are those of modules, which are skipped. */
  readonly moduleKeys: readonly ByteString[];
  /** Bytes of it that were read; less than all when more follow behind the end. */
  readonly length: number;
  /** Undefined when it was read to its end and the checksum is right (or none, as with `rdbchecksum no`). */
  readonly fault: string | undefined;
}

const MAGIC = /^(REDIS|VALKEY)(\d{3,4})$/;
const HEAD = 9;
const NEWEST = 80;
const MOST_DATABASES = 16_384;
const ENTRY_COST = 200;

/**
 * Reads an RDB of any version from outside, as far as it can be read: a fault tells why it ends there, and what was
 * read before is given. Never throws; makes no more than `budget` bytes of values.
 */
export function readRdb(bytes: Buffer, budget: number): RdbContent {
  const [, , digits] = MAGIC.exec(bytes.toString('latin1', 0, HEAD)) ?? [];
  const content = createContent(digits === undefined ? 0 : Number(digits));
  const reader = createByteReader(bytes);
  try {
    if (content.version < 1 || content.version > NEWEST) throw new Malformed('no RDB of a known version');
    reader.take(HEAD);
    readParts(reader, content, createBudget(budget));
    checkEnd(bytes, reader, content.version);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ...content, length: reader.at, fault: error.message };
  }
  return { ...content, length: reader.at, fault: undefined };
}

function createContent(version: number) {
  return {
    version,
    entries: [] as RdbEntry[],
    aux: [] as [ByteString, ByteString][],
    functions: [] as ByteString[],
    moduleKeys: [] as ByteString[],
  };
}

function readParts(reader: ByteReader, content: ReturnType<typeof createContent>, budget: Budget): void {
  let db = 0;
  let expires: number | undefined;
  for (;;) {
    const part = reader.byte();
    switch (part) {
      case OPCODE.end:
        return;
      case OPCODE.selectDb:
        db = readLength(reader);
        if (db >= MOST_DATABASES) throw new Malformed('a database number beyond all bounds');
        break;
      case OPCODE.resize:
        readWide(reader);
        readWide(reader);
        break;
      case OPCODE.slotInfo:
        for (let left = 3; left > 0; left--) readWide(reader);
        break;
      case OPCODE.expireSeconds:
        expires = 1_000 * (reader.u32() | 0);
        break;
      case OPCODE.expireMs:
        expires = Number(reader.i64());
        break;
      case OPCODE.idle:
        readWide(reader);
        break;
      case OPCODE.frequency:
        reader.byte();
        break;
      case OPCODE.aux:
        budget.spend(ENTRY_COST);
        content.aux.push([readString(reader, budget), readString(reader, budget)]);
        break;
      case OPCODE.function2:
        content.functions.push(readString(reader, budget));
        break;
      case OPCODE.moduleAux:
        readWide(reader);
        skipModule(reader, budget);
        break;
      default: {
        budget.spend(ENTRY_COST);
        const key = readString(reader, budget);
        const value = readValue(part, reader, budget);
        if (value === undefined) content.moduleKeys.push(key);
        else content.entries.push({ db, key, value, expires });
        expires = undefined;
      }
    }
  }
}

/** From version 5 on a checksum of all before it ends the file, 0 when the writer made none. */
function checkEnd(bytes: Buffer, reader: ByteReader, version: number): void {
  if (version < 5) return;
  const end = reader.at;
  const said = BigInt.asUintN(64, reader.i64());
  if (said !== 0n && said !== crc64(bytes.subarray(0, end))) throw new Malformed('a wrong checksum');
}
