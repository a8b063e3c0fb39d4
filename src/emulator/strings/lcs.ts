import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, SYNTAX } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import type { Match } from './common-subsequence.ts';
import { commonSubsequence } from './common-subsequence.ts';
import { lengthOf } from './long-string.ts';

/** What the work of one command may be: some tens of milliseconds. */
const MOST_CELLS = 8_388_608;
const CELL_BYTES = 4;
const NOT_STRINGS = 'ERR The specified keys must contain string values';

interface Words {
  idx: boolean;
  len: boolean;
  withLength: boolean;
  least: bigint;
}

/** LCS key key [LEN] [IDX] [MINMATCHLEN n] [WITHMATCHLEN], 7.0 and later. */
export function lcs(call: Call): ByteString {
  const strings = keysOf(call, 1);
  const words: Words = { idx: false, len: false, withLength: false, least: 0n };
  for (let at = 3; at < call.argv.length; at++) at = option(call, at, words) ?? fail(SYNTAX);
  return compared(call, strings, words);
}

/** STRALGO LCS, up to 6.2. */
export function stralgo(call: Call): ByteString {
  if (argument(call, 1).toLowerCase() !== 'lcs') fail(SYNTAX);
  const words: Words = { idx: false, len: false, withLength: false, least: 0n };
  let strings: readonly [ByteString, ByteString] | undefined;
  for (let at = 2; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const next = option(call, at, words);
    if (next !== undefined) at = next;
    else if ((word === 'strings' || word === 'keys') && at + 2 < call.argv.length) {
      if (strings !== undefined) fail('ERR Either use STRINGS or KEYS');
      strings = word === 'keys' ? keysOf(call, at + 1) : [argument(call, at + 1), argument(call, at + 2)];
      at += 2;
    } else fail(SYNTAX);
  }
  if (strings === undefined) fail('ERR Please specify two strings: STRINGS or KEYS options are mandatory');
  return compared(call, strings, words);
}

/** Reads an option; the place of its last word, or undefined when it is none. */
function option(call: Call, at: number, words: Words): number | undefined {
  switch (argument(call, at).toLowerCase()) {
    case 'idx':
      words.idx = true;
      return at;
    case 'len':
      words.len = true;
      return at;
    case 'withmatchlen':
      words.withLength = true;
      return at;
    case 'minmatchlen':
      if (at + 1 >= call.argv.length) return undefined;
      words.least = exactInteger(argument(call, at + 1));
      return at + 1;
    default:
      return undefined;
  }
}

function keysOf(call: Call, at: number): readonly [ByteString, ByteString] {
  const texts = [argument(call, at), argument(call, at + 1)].map((key) => {
    const value = call.db.get(key, call.now);
    if (value === undefined) return '';
    // Long ones are compared with nothing anyway.
    return value.type === 'string' ? value : fail(NOT_STRINGS);
  });
  const [one = '', other = ''] = texts.map((value) =>
    typeof value === 'string' ? value : lengthOf(value) > MOST_CELLS ? 'x'.repeat(MOST_CELLS) : value.text,
  );
  return [one, other];
}

function compared(call: Call, [a, b]: readonly [ByteString, ByteString], words: Words): ByteString {
  if (words.idx && words.len) fail('ERR If you want both the length and indexes, please just use IDX.');
  const limit = Number(call.world.config.get('proto-max-bulk-len') ?? 536_870_912);
  if ((a.length + 1) * (b.length + 1) * CELL_BYTES > limit) {
    fail('ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len');
  }
  const found = commonSubsequence(a, b, MOST_CELLS);
  if (found === undefined) fail('ERR Insufficient memory, failed allocating transient memory for LCS');
  if (!words.idx) return words.len ? integer(found.length) : bulk(found.text);
  const shown = found.matches.filter(({ one }) => BigInt(one[1] - one[0] + 1) >= words.least);
  const matches = boundedArray(shown, (match) => matchReply(match, words.withLength));
  return map([bulk('matches'), matches, bulk('len'), integer(found.length)], call.client.resp);
}

function matchReply({ one, other }: Match, withLength: boolean): ByteString {
  const ranges = [array(one.map(integer)), array(other.map(integer))];
  return array(withLength ? [...ranges, integer(one[1] - one[0] + 1)] : ranges);
}
