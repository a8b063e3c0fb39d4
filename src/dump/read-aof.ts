import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';
import type { CutArgument } from '../wire/request-decoder.ts';
import type { ByteWindow } from './byte-window.ts';
import { atEnd, fill, LONGEST_PIECE, need, offsetOf, textOf } from './byte-window.ts';
import type { Damage } from './dump-fault.ts';
import { DumpEndsEarly, DumpFault } from './dump-fault.ts';
import type { RdbEnd, RdbRecord } from './rdb-record.ts';
import type { RdbOptions } from './read-rdb.ts';
import { isRdb, readRdb } from './read-rdb.ts';

/** A command that changed the data. */
export interface AofCommand {
  readonly kind: 'command';
  /** Offset in the file, bytes. */
  readonly offset: number;
  readonly db: number;
  /** The first arguments; of long ones the beginning, which `cut` tells. */
  readonly argv: readonly ByteString[];
  readonly cut: readonly CutArgument[];
  /** Seconds since 1970 UTC of the last time stamp before it. */
  readonly time: number | undefined;
}

export type AofRecord = AofCommand | RdbRecord;

export interface AofEnd {
  /** Of the RDB that it begins with. */
  readonly preamble: RdbEnd | undefined;
  readonly damage: Damage | undefined;
  readonly length: number;
}

/** True when an append-only file without preamble may begin here. */
export function isAof(window: ByteWindow): boolean {
  return (
    fill(window, 4) &&
    /^(?:\*[1-9]\d?[\d\r]|#TS:)/.test(window.bytes.toString('latin1', window.at, window.at + 4))
  );
}

const MOST_ARGUMENTS = 1_048_576;
const MOST_DATABASES = 2_147_483_648;
const KEPT_ARGUMENTS = 1_024;
const KEPT_BYTES = 65_536;
/** Of all arguments of one command. */
const KEPT_COMMAND = 1_048_576;
const LONGEST_LINE = 1_024;
const LONGEST_ARGUMENT = 2_147_483_648;

/**
 * Reads an append-only file: an RDB in front, if there is one, then commands. Never throws on bytes: the end tells what
 * was wrong, and what was read before has been given.
 */
export function* readAof(window: ByteWindow, options: RdbOptions = {}): Generator<AofRecord, AofEnd, void> {
  let preamble: RdbEnd | undefined;
  let start = 0;
  if (isRdb(window)) {
    preamble = yield* readRdb(window, options);
    if (preamble.damage !== undefined) return { preamble, damage: preamble.damage, length: offsetOf(window) };
  }
  let db = 0;
  let time: number | undefined;
  try {
    while (!atEnd(window)) {
      start = offsetOf(window);
      if (window.bytes[window.at] === HASH) {
        time = timeOf(readLine(window)) ?? time;
        continue;
      }
      const { argv, cut } = readCommand(window);
      const select = selected(argv);
      if (select === undefined) yield { kind: 'command', offset: start, db, argv, cut, time };
      else db = select;
    }
    return { preamble, damage: undefined, length: offsetOf(window) };
  } catch (error) {
    if (!(error instanceof DumpFault)) throw error;
    const truncated = error instanceof DumpEndsEarly;
    return {
      preamble,
      damage: { message: error.message, offset: start, truncated },
      length: offsetOf(window),
    };
  }
}

const HASH = 35;
const NO_CUTS: readonly CutArgument[] = [];

function timeOf(line: ByteString): number | undefined {
  const seconds = /^#TS:(\d{1,12})$/.exec(line)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

function selected(argv: readonly ByteString[]): number | undefined {
  const [name, db] = argv;
  if (argv.length !== 2 || name?.length !== 6 || name.toUpperCase() !== 'SELECT') return undefined;
  if (!/^\d{1,10}$/.test(db ?? '') || Number(db) >= MOST_DATABASES)
    throw new DumpFault('a database number beyond all bounds');
  return Number(db);
}

function readCommand(window: ByteWindow): Pick<AofCommand, 'argv' | 'cut'> {
  const count = readCount(window, STAR, MOST_ARGUMENTS);
  if (count === 0) throw new DumpFault('a command without a name');
  const argv: ByteString[] = [];
  let cut: CutArgument[] | undefined;
  let kept = 0;
  for (let index = 0; index < count; index++) {
    const length = readCount(window, DOLLAR, LONGEST_ARGUMENT);
    const room = index < KEPT_ARGUMENTS ? Math.min(KEPT_BYTES, KEPT_COMMAND - kept) : 0;
    if (length <= room) {
      argv.push(textOf(window, length));
      kept += length;
    } else {
      const { head, sha256 } = readLong(window, length, room, index < KEPT_ARGUMENTS);
      kept += head.length;
      if (index < KEPT_ARGUMENTS) {
        argv.push(head);
        cut ??= [];
        cut.push({ index, length, sha256 });
      }
    }
    need(window, 2);
    if (window.bytes[window.at] !== CR || window.bytes[window.at + 1] !== LF)
      throw new DumpFault('an argument that does not end where it should');
    window.at += 2;
  }
  return { argv, cut: cut ?? NO_CUTS };
}

const [STAR, DOLLAR, CR, LF] = [42, 36, 13, 10];

/** `*3\r\n` and `$5\r\n`. */
function readCount(window: ByteWindow, sign: number, most: number): number {
  need(window, 1);
  if (window.bytes[window.at] !== sign)
    throw new DumpFault('something else than a command of the append-only file');
  window.at += 1;
  let value = 0;
  for (let digits = 0; ; digits++) {
    need(window, 1);
    const byte = window.bytes[window.at++] ?? 0;
    if (byte === CR && digits > 0) break;
    value = value * 10 + byte - 48;
    if (byte < 48 || byte > 57 || value > most) throw new DumpFault('a length that is none');
  }
  need(window, 1);
  if (window.bytes[window.at++] !== LF) throw new DumpFault('a length that is none');
  return value;
}

function readLine(window: ByteWindow): ByteString {
  fill(window, LONGEST_LINE);
  const end = window.bytes.subarray(0, window.end).indexOf(LF, window.at);
  if (end < 0 && window.end - window.at < LONGEST_LINE) throw new DumpEndsEarly();
  if (end < 0 || end - window.at > LONGEST_LINE) throw new DumpFault('a line without end');
  const line = window.bytes.toString('latin1', window.at, end);
  window.at = end + 1;
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Keeps the beginning and hashes all of it, whatever its length. */
function readLong(
  window: ByteWindow,
  length: number,
  room: number,
  hashed: boolean,
): { readonly head: ByteString; readonly sha256: string } {
  const hash: Hash | undefined = hashed ? createHash('sha256') : undefined;
  let head = '';
  for (let left = length; left > 0; ) {
    const piece = Math.min(left, LONGEST_PIECE);
    need(window, piece);
    if (left === length) head = window.bytes.toString('latin1', window.at, window.at + Math.min(room, piece));
    hash?.update(window.bytes.subarray(window.at, window.at + piece));
    window.at += piece;
    left -= piece;
  }
  return { head, sha256: hash?.digest('hex') ?? '' };
}
