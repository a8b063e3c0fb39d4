import type { ByteString } from '../model/bytes.ts';
import { OPCODE } from '../redis/rdb-types.ts';
import type { ByteWindow } from './byte-window.ts';
import { byteOf, fill, need, offsetOf, skip, sumSoFar, textOf } from './byte-window.ts';
import type { Damage } from './dump-fault.ts';
import { DumpEndsEarly, DumpFault } from './dump-fault.ts';
import { libraryName } from './library-name.ts';
import type { Wanted } from './piece.ts';
import { USUAL_WANTED } from './piece.ts';
import { readLength, readNumber } from './rdb-length.ts';
import { moduleName, skipModule } from './rdb-modules.ts';
import type { RdbEnd, RdbEntry, RdbRecord } from './rdb-record.ts';
import { readText, skipString } from './rdb-string.ts';
import { readValue } from './rdb-value.ts';
import type { ReadValue } from './taken.ts';

export interface RdbOptions {
  /** How much is wanted of the value of a key; asked once a key. */
  readonly wanted?: (db: number, key: ByteString) => Wanted;
}

const MAGIC = /^(REDIS|VALKEY)(\d{3,4})$/;
const HEAD = 9;
const MOST_DATABASES = 2_147_483_648;
const LONGEST_KEY = 65_536;
const LONGEST_AUX = 4_096;
const LONGEST_CODE = 65_536;
/** So many bytes of a value that is not wanted are passed over before the caller gets a turn. */
const PAUSE_BYTES = 16_777_216;

/** True when an RDB begins here. */
export function isRdb(window: ByteWindow): boolean {
  return fill(window, HEAD) && MAGIC.test(window.bytes.toString('latin1', window.at, window.at + HEAD));
}

/**
 * Reads an RDB, of any version, as far as it can be read. Never throws on bytes: the end tells what was wrong, and what
 * was read before has been given. Memory does not depend on the file.
 */
export function* readRdb(window: ByteWindow, options: RdbOptions = {}): Generator<RdbRecord, RdbEnd, void> {
  const wanted = options.wanted ?? ((): Wanted => USUAL_WANTED);
  let magic = '';
  let version = 0;
  let start = offsetOf(window);
  const ended = (checksum: RdbEnd['checksum'], damage?: Damage): RdbEnd => ({
    magic,
    version,
    checksum,
    damage,
    length: offsetOf(window),
  });
  try {
    if (!isRdb(window)) throw new DumpFault('it does not begin as an RDB does');
    const [, name = '', digits = ''] = MAGIC.exec(textOf(window, HEAD)) ?? [];
    [magic, version] = [name, Number(digits)];
    let db = 0;
    let expires: number | undefined;
    for (;;) {
      start = offsetOf(window);
      const part = byteOf(window);
      switch (part) {
        case OPCODE.end:
          return ended(checksumAtEnd(window, version));
        case OPCODE.selectDb:
          db = readLength(window);
          if (db >= MOST_DATABASES) throw new DumpFault('a database number beyond all bounds');
          break;
        case OPCODE.expireSeconds:
          need(window, 4);
          window.at += 4;
          expires = 1_000 * window.bytes.readInt32LE(window.at - 4);
          break;
        case OPCODE.expireMs:
          need(window, 8);
          window.at += 8;
          expires = Number(window.bytes.readBigInt64LE(window.at - 8));
          break;
        case OPCODE.aux:
          yield { kind: 'aux', name: readText(window, LONGEST_AUX), value: readText(window, LONGEST_AUX) };
          break;
        case OPCODE.function2: {
          const code = readText(window, LONGEST_CODE);
          yield { kind: 'library', name: libraryName(code), code };
          break;
        }
        case OPCODE.functionEarly:
          yield readEarlyFunction(window);
          break;
        case OPCODE.moduleAux: {
          const module = moduleName(readNumber(window));
          skipModule(window);
          yield { kind: 'module', name: module };
          break;
        }
        case OPCODE.resize:
        case OPCODE.slotInfo:
        case OPCODE.idle:
        case OPCODE.frequency:
        case OPCODE.keyMetadata:
          skipOther(part, window, magic === 'VALKEY');
          break;
        default: {
          const key = readText(window, LONGEST_KEY);
          const value = readValue(part, window, wanted(db, key), magic === 'VALKEY');
          yield entryOf(start, db, key, expires, value);
          yield* passOver(window, value);
          expires = undefined;
        }
      }
    }
  } catch (error) {
    if (!(error instanceof DumpFault)) throw error;
    const truncated = error instanceof DumpEndsEarly;
    return ended('unread', { message: error.message, offset: start, truncated });
  }
}

function entryOf(
  offset: number,
  db: number,
  key: ByteString,
  expires: number | undefined,
  { type, encoding, elements, whole, module }: ReadValue,
): RdbEntry {
  const entry = { kind: 'entry', offset, db, key, type, encoding, expires, elements, whole } as const;
  return module === undefined ? entry : { ...entry, module };
}

/** What nobody wants of a value, in portions. */
function* passOver(window: ByteWindow, { rest }: ReadValue): Generator<RdbRecord, void, void> {
  if (rest === undefined) return;
  let pauseAt = offsetOf(window) + PAUSE_BYTES;
  for (; rest.left > 0; rest.left--) {
    rest.skipOne(window);
    if (offsetOf(window) < pauseAt) continue;
    pauseAt = offsetOf(window) + PAUSE_BYTES;
    yield { kind: 'pause' };
  }
}

function skipOther(part: number, window: ByteWindow, valkey: boolean): void {
  switch (part) {
    case OPCODE.resize:
      readNumber(window);
      readNumber(window);
      break;
    case OPCODE.slotInfo:
      for (let left = 3; left > 0; left--) readNumber(window);
      break;
    case OPCODE.idle:
      readNumber(window);
      break;
    case OPCODE.frequency:
      byteOf(window);
      break;
    case OPCODE.keyMetadata:
      if (valkey) skipSlotImport(window);
      else skipKeyMetadata(window);
  }
}

/** Valkey 9: the name of the job, and from which slot to which. */
function skipSlotImport(window: ByteWindow): void {
  skipString(window);
  for (let left = 2 * readLength(window); left > 0; left--) readNumber(window);
}

/** Redis 8.6: for each class its number, 32 bits, and what its module has written. */
function skipKeyMetadata(window: ByteWindow): void {
  for (let left = readLength(window); left > 0; left--) {
    skip(window, 4);
    skipModule(window);
  }
}

/** Of the release candidates of 7.0: name, engine, perhaps a description, code. */
function readEarlyFunction(window: ByteWindow): RdbRecord {
  const name = readText(window, 256);
  skipString(window);
  if (readLength(window) !== 0) skipString(window);
  return { kind: 'library', name, code: readText(window, LONGEST_CODE) };
}

/** From version 5 on a checksum of all before it ends the file, 0 when the writer made none. */
function checksumAtEnd(window: ByteWindow, version: number): RdbEnd['checksum'] {
  if (version < 5) return 'none';
  const sum = sumSoFar(window);
  need(window, 8);
  window.at += 8;
  const said = window.bytes.readBigUInt64LE(window.at - 8);
  if (said === 0n) return 'none';
  if (sum === undefined) return 'unread';
  return said === sum ? 'right' : 'wrong';
}
