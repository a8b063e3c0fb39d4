import type { Call } from '../command.ts';
import { argument, exactInteger, fail, SYNTAX } from '../command.ts';
import { since } from '../version.ts';
import type { StreamId } from './id.ts';
import type { StreamNode } from './node.ts';
import { nodeLimits } from './of-key.ts';
import type { PartialId } from './parse-id.ts';
import { looseId, parseId } from './parse-id.ts';
import type { Stream } from './stream.ts';

export interface Trim {
  /** Entries that may stay, or the least id that may. */
  readonly keep: { readonly length: bigint } | { readonly id: StreamId };
  /** Whole nodes only. */
  readonly rough: boolean;
  /** Entries it may remove at most; 0 for all. */
  readonly limit: number;
}

/** The words of XADD before its fields, or of XTRIM. */
export interface TrimWords {
  readonly trim: Trim | undefined;
  /** XADD: undefined for `*`. */
  readonly id: PartialId | undefined;
  readonly onlyExisting: boolean;
  /** The place of the id. */
  readonly at: number;
}

const BOTH = 'ERR syntax error, MAXLEN and MINID options at the same time are not compatible';
const MOST_ROUGH = 1_000_000;

export function trimWords(call: Call, adding: boolean): TrimWords {
  const modern = since(call, 6.2);
  let keep: Trim['keep'] | undefined;
  let rough = false;
  let limit: bigint | undefined;
  let id: PartialId | undefined;
  let onlyExisting = false;
  let at = 2;
  for (; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const more = call.argv.length - 1 - at;
    if (adding && word === '*') break;
    if ((word === 'maxlen' || (modern && word === 'minid')) && more > 0) {
      if (modern && keep !== undefined) fail(BOTH);
      const sign = more >= 2 ? argument(call, at + 1) : '';
      rough = sign === '~';
      if (rough || sign === '=') at++;
      keep =
        word === 'maxlen' ? { length: maxLength(call, at + 1) } : { id: looseId(argument(call, at + 1)) };
      at++;
    } else if (modern && word === 'limit' && more > 0) {
      limit = exactInteger(argument(call, ++at));
      if (limit < 0n) fail('ERR The LIMIT argument must be >= 0.');
    } else if (modern && adding && word === 'nomkstream') onlyExisting = true;
    else if (adding) {
      id = parseId(argument(call, at), since(call, 7));
      break;
    } else fail(SYNTAX);
  }
  if (modern && limit !== undefined && limit > 0n && keep === undefined) {
    fail('ERR syntax error, LIMIT cannot be used without specifying a trimming strategy');
  }
  if (!adding && keep === undefined) {
    fail(modern ? NO_STRATEGY : NO_STRATEGY_BEFORE);
  }
  if (limit !== undefined && !rough) {
    fail('ERR syntax error, LIMIT cannot be used without the special ~ option');
  }
  const trim = keep === undefined ? undefined : { keep, rough, limit: limitOf(call, rough, limit) };
  return { trim, id, onlyExisting, at };
}

const NO_STRATEGY = 'ERR syntax error, XTRIM must be called with a trimming strategy';
const NO_STRATEGY_BEFORE = 'ERR XTRIM called without an option to trim the stream';

function maxLength(call: Call, at: number): bigint {
  const length = exactInteger(argument(call, at));
  return length < 0n ? fail('ERR The MAXLEN argument must be >= 0.') : length;
}

/** Rough trimming removes at most a hundred nodes' worth when nothing else was said (6.2 and later). */
function limitOf(call: Call, rough: boolean, limit: bigint | undefined): number {
  if (!rough || !since(call, 6.2)) return 0;
  if (limit !== undefined) return Number(limit);
  const usual = 100 * nodeLimits(call).entries;
  return usual <= 0 ? 10_000 : Math.min(usual, MOST_ROUGH);
}

/** Removes entries from the head; returns how many. Its cost is not booked. */
export function trimStream({ entries }: Stream, { keep, rough, limit }: Trim): number {
  let removed = 0;
  for (;;) {
    const node = entries.firstNode;
    if (node === undefined) return removed;
    const { length } = node.entries;
    const spare = 'length' in keep ? BigInt(entries.length) - keep.length : 0n;
    if ('length' in keep && spare <= 0n) return removed;
    if (limit > 0 && removed + length > limit) return removed;
    const whole = 'length' in keep ? spare >= BigInt(length) : node.lastId < keep.id;
    if (whole) {
      entries.removeNode();
      removed += length;
      continue;
    }
    if (rough) return removed;
    const part = 'length' in keep ? Number(spare) : countBefore(node, keep.id);
    entries.removeFromNode(part);
    return removed + part;
  }
}

function countBefore({ entries }: StreamNode, least: StreamId): number {
  return entries.filter(({ id }) => id < least).length;
}
