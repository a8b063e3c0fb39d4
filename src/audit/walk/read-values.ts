import type { RedisValue } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import { errorOf, numberOf, textOf } from '../ask/reply-values.ts';
import type { AuditLimits } from '../limits.ts';
import type { CollectionKind } from './collections.ts';
import { COLLECTIONS, ENDS, LONGEST_ELEMENT, MOST_ELEMENTS_ASKED, valueKind } from './collections.ts';
import type { Pacer } from './pacer.ts';

/** A value, or a piece of one, that was read. */
export interface ReadValue {
  readonly act: RedisValue;
  /** `act.value` is the whole value: its fingerprint may be compared. */
  readonly whole: boolean;
}

export interface ReadCounts {
  /** Keys of which something was read. */
  read: number;
  /** Keys whose type we do not read, or whose elements are too large to ask for. */
  skipped: number;
  /** Keys the server did not let us read. */
  refused: number;
  /** Bytes of elements that were asked for, as MEMORY USAGE lets expect. */
  bytes: number;
}

interface Ready {
  readonly key: ByteString;
  /** What the answers may bring, where it is more than a few kB. */
  readonly bytes?: number;
  readonly commands: readonly (readonly ByteString[])[];
  readonly done: (replies: readonly Reply[]) => void;
}

/** Keys of one round: each takes at most two commands a batch. */
const ROUND = 50;
/** A key of at most this size is read without asking how large its elements are. */
const SMALL_KEY = 1_048_576;

/** Reads the beginning of each key's value, and the end of long strings, in the selected database. */
export async function readValues(
  pacer: Pacer,
  db: number,
  keys: readonly ByteString[],
  headBytes: number,
  limits: AuditLimits,
  counts: ReadCounts,
  seen: (value: ReadValue) => void,
): Promise<void> {
  for (let from = 0; from < keys.length; from += ROUND) {
    const round = keys.slice(from, from + ROUND);
    const types = await pacer.ask(round.map((key) => ['TYPE', key]));
    const measures: Ready[] = [];
    const reads: Ready[] = [];
    for (const [at, key] of round.entries()) {
      const kind = valueKind(types[at]);
      if (errorOf(types[at]) !== undefined) counts.refused += 1;
      else if (kind === 'string') measures.push(stringHead(db, key, headBytes, limits, counts, reads, seen));
      else if (kind === 'other') counts.skipped += 1;
      else if (kind !== 'none') measures.push(collectionSize(db, key, kind, limits, counts, reads, seen));
    }
    await run(pacer, measures);
    await run(pacer, reads);
  }
}

/** Answers that come at once, in bytes: large elements are asked for a few at a time. */
const MOST_AT_ONCE = 8_388_608;

async function run(pacer: Pacer, ready: readonly Ready[]): Promise<void> {
  let from = 0;
  let bytes = 0;
  for (const [at, one] of ready.entries()) {
    bytes += one.bytes ?? 0;
    if (bytes <= MOST_AT_ONCE || at === from) continue;
    await runAtOnce(pacer, ready.slice(from, at));
    from = at;
    bytes = one.bytes ?? 0;
  }
  await runAtOnce(pacer, from === 0 ? ready : ready.slice(from));
}

async function runAtOnce(pacer: Pacer, ready: readonly Ready[]): Promise<void> {
  const replies = await pacer.ask(ready.flatMap(({ commands }) => commands));
  let at = 0;
  for (const { commands, done } of ready) {
    done(replies.slice(at, at + commands.length));
    at += commands.length;
  }
}

function stringHead(
  db: number,
  key: ByteString,
  headBytes: number,
  limits: AuditLimits,
  counts: ReadCounts,
  reads: Ready[],
  seen: (value: ReadValue) => void,
): Ready {
  const act = (value: ByteString): RedisValue => ({ type: 'redis.value', db, key, kind: 'string', value });
  return {
    key,
    commands: [
      ['STRLEN', key],
      ['GETRANGE', key, '0', String(headBytes - 1)],
    ],
    done: ([lengthReply, headReply]) => {
      const length = numberOf(lengthReply);
      // A server that answers with more than was asked for makes nobody read it.
      const head = textOf(headReply)?.slice(0, headBytes);
      if (head === undefined) {
        counts.refused += 1;
        return;
      }
      counts.read += 1;
      seen({ act: act(head), whole: length === head.length });
      if (length === undefined || length <= headBytes) return;
      reads.push({
        key,
        commands: [['GETRANGE', key, String(-limits.tailBytes), '-1']],
        done: ([tail]) => {
          const text = textOf(tail)?.slice(-limits.tailBytes);
          if (text !== undefined && text !== '') seen({ act: act(text), whole: false });
        },
      });
    },
  };
}

function collectionSize(
  db: number,
  key: ByteString,
  kind: CollectionKind,
  limits: AuditLimits,
  counts: ReadCounts,
  reads: Ready[],
  seen: (value: ReadValue) => void,
): Ready {
  const { length, head, tail, elements } = COLLECTIONS[kind];
  return {
    key,
    commands: [
      ['MEMORY', 'USAGE', key],
      [length, key],
    ],
    done: ([memoryReply, lengthReply]) => {
      const size = numberOf(lengthReply);
      const memory = numberOf(memoryReply);
      if (size === undefined) {
        counts.refused += 1;
        return;
      }
      // The server cannot cut an element for us: 512 MB would come whole.
      if (memory !== undefined && memory > SMALL_KEY && memory / Math.max(1, size) > LONGEST_ELEMENT) {
        counts.skipped += 1;
        return;
      }
      const taken = Math.max(0, memory ?? 0);
      const bytes = Math.min(taken, (taken / Math.max(1, size)) * MOST_ELEMENTS_ASKED);
      if (counts.bytes + bytes > limits.maxBytes / 2) {
        counts.skipped += 1;
        return;
      }
      counts.bytes += bytes;
      reads.push({
        key,
        bytes,
        commands: [head(key), ...(tail === undefined || size <= ENDS ? [] : [tail(key, size)])],
        done: ([reply, ending]) => {
          if (reply === undefined || reply.kind === 'error') {
            counts.refused += 1;
            return;
          }
          counts.read += 1;
          for (const part of [reply, ending]) {
            if (part === undefined) continue;
            for (const { whole, ...element } of elements(part))
              seen({ act: { type: 'redis.value', db, key, kind, ...element }, whole });
          }
        },
      });
    },
  };
}
