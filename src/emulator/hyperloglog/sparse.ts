import { REGISTERS } from './registers.ts';

/** What an operation of the sparse form says about a run of registers. */
interface Run {
  readonly kind: 'zero' | 'long-zero' | 'value';
  readonly length: number;
  /** Of each register. */
  readonly rank: number;
  readonly bytes: number;
}

/** Greatest length of a short run of zeros and of a run of one value, and the greatest value. */
const ZERO_MOST = 64;
const VALUE_RUN_MOST = 4;
export const VALUE_MOST = 32;

/** All registers are zero. */
export const EMPTY_SPARSE: readonly number[] = longZero(REGISTERS);

export function runAt(bytes: Uint8Array, at: number): Run {
  const code = bytes[at] ?? 0;
  if ((code & 0x80) !== 0) {
    return { kind: 'value', length: (code & 3) + 1, rank: ((code >> 2) & 31) + 1, bytes: 1 };
  }
  if ((code & 0x40) === 0) return { kind: 'zero', length: (code & 63) + 1, rank: 0, bytes: 1 };
  return { kind: 'long-zero', length: (((code & 63) << 8) | (bytes[at + 1] ?? 0)) + 1, rank: 0, bytes: 2 };
}

function longZero(length: number): number[] {
  return [0x40 | ((length - 1) >> 8), (length - 1) & 0xff];
}

const zeros = (length: number): number[] =>
  length > ZERO_MOST ? longZero(length) : length > 0 ? [length - 1] : [];
const values = (rank: number, length: number): number[] =>
  length > 0 ? [0x80 | ((rank - 1) << 2) | (length - 1)] : [];

/** The registers; undefined when the runs do not cover them all, or more than them. */
export function unpackSparse(bytes: Uint8Array): Uint8Array | undefined {
  const registers = new Uint8Array(REGISTERS);
  let index = 0;
  for (let at = 0; at < bytes.length && index <= REGISTERS; ) {
    const run = runAt(bytes, at);
    if (run.rank > 0) registers.fill(run.rank, index, index + run.length);
    index += run.length;
    at += run.bytes;
  }
  return index === REGISTERS ? registers : undefined;
}

/** Runs that are changed in place: the first `length` bytes count. */
export interface SparseRuns {
  readonly bytes: Uint8Array;
  length: number;
}

/** With room for one more change. */
export function sparseRuns(bytes: Uint8Array, most: number): SparseRuns {
  const room = new Uint8Array(Math.max(bytes.length, most) + 8);
  room.set(bytes);
  return { bytes: room, length: bytes.length };
}

function splice(runs: SparseRuns, at: number, removed: number, added: readonly number[]): void {
  runs.bytes.copyWithin(at + added.length, at + removed, runs.length);
  runs.bytes.set(added, at);
  runs.length += added.length - removed;
}

/** `long`: the runs would take more than `most` bytes, or cannot hold the rank. */
export type SparseChange = 'changed' | 'same' | 'long' | 'broken';

/** Raises one register, as the server does it in place (hyperloglog.c), so that the same bytes come out. */
export function raiseSparse(runs: SparseRuns, index: number, rank: number, most: number): SparseChange {
  if (rank > VALUE_MOST) return 'long';
  const { bytes } = runs;
  let [at, first, before] = [0, 0, 0];
  let run = runAt(bytes, 0);
  while (at < runs.length && index > first + run.length - 1) {
    before = at;
    at += run.bytes;
    first += run.length;
    run = runAt(bytes, at);
  }
  if (at >= runs.length) return 'broken';
  if (run.kind === 'value' && run.rank >= rank) return 'same';
  const left = index - first;
  const right = run.length - 1 - left;
  const { kind, rank: old } = run;
  const part = (length: number): number[] => (kind === 'value' ? values(old, length) : zeros(length));
  const sequence = [...part(left), ...values(rank, 1), ...part(right)];
  if (sequence.length > run.bytes && runs.length + sequence.length - run.bytes > most) return 'long';
  splice(runs, at, run.bytes, sequence);
  join(runs, before);
  return 'changed';
}

/** Joins neighbouring runs of one value, in the five operations from a place on. */
function join(runs: SparseRuns, from: number): void {
  const { bytes } = runs;
  let at = from;
  for (let left = 5; left > 0 && at < runs.length; left--) {
    const code = bytes[at] ?? 0;
    if ((code & 0x80) === 0) {
      at += (code & 0x40) === 0 ? 1 : 2;
      continue;
    }
    const next = at + 1 < runs.length ? (bytes[at + 1] ?? 0) : 0;
    const length = (code & 3) + (next & 3) + 2;
    if ((next & 0x80) !== 0 && (code & 0x7c) === (next & 0x7c) && length <= VALUE_RUN_MOST) {
      splice(runs, at, 2, [(code & 0xfc) | (length - 1)]);
    } else at++;
  }
}

/** As PFDEBUG DECODE shows it. */
export function sparseText(bytes: Uint8Array): string {
  const words: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const run = runAt(bytes, at);
    at += run.bytes;
    if (run.kind === 'value') words.push(`v:${run.rank},${run.length}`);
    else words.push(`${run.kind === 'zero' ? 'z' : 'Z'}:${run.length}`);
  }
  return words.join(' ');
}
