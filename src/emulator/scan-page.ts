import type { ByteString } from '../model/bytes.ts';
import { array, bulk, bulks } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { argument, fail, integerArgument, SYNTAX } from './command.ts';
import { globBudget, globMatches } from './glob.ts';
import type { Value } from './value.ts';
import { encodingOf } from './value.ts';

export interface ScanOptions {
  readonly cursor: number;
  readonly count: number;
  readonly pattern: ByteString;
  readonly type: ByteString | undefined;
}

/** Cursor at argument `at`, and the options behind it. */
export function scanOptions(call: Call, at: number, withType: boolean): ScanOptions {
  // strtoul takes a sign.
  if (!/^[+-]?\d{1,20}$/.test(argument(call, at))) fail('ERR invalid cursor');
  const cursor = argument(call, at).startsWith('-') ? Number.MAX_SAFE_INTEGER : Number(argument(call, at));
  let [pattern, count, type] = ['*', 10, undefined as string | undefined];
  for (let place = at + 1; place < call.argv.length; place += 2) {
    const word = argument(call, place).toLowerCase();
    if (place + 1 >= call.argv.length) fail(SYNTAX);
    if (word === 'match') pattern = argument(call, place + 1);
    else if (word === 'type' && withType) type = argument(call, place + 1).toLowerCase();
    else if (word === 'count') {
      count = integerArgument(argument(call, place + 1));
      if (count < 1) fail(SYNTAX);
    } else fail(SYNTAX);
  }
  return { cursor, count, pattern, type };
}

/** Encodings that are small enough to come at once, whatever COUNT says. */
const WHOLE = new Set(['ziplist', 'intset']);

/**
 * HSCAN, SSCAN and ZSCAN. MATCH is tried on the first cell of each row. The cursor is a position in the present order.
 */
export function scanPage(
  call: Call,
  rows: Iterable<ByteString | readonly ByteString[]>,
  value: Value | undefined,
): ByteString {
  const { cursor, count, pattern } = scanOptions(call, 2, false);
  const whole = value !== undefined && WHOLE.has(encodingOf(value));
  const [from, to] = whole ? [0, Infinity] : [cursor, cursor + count];
  const found: ByteString[] = [];
  const budget = globBudget();
  let index = 0;
  let next = 0;
  for (const row of rows) {
    if (index >= to) {
      next = index;
      break;
    }
    if (index++ < from) continue;
    const cells = typeof row === 'string' ? [row] : row;
    if (globMatches(pattern, cells[0] ?? '', budget)) found.push(...cells);
  }
  return array([bulk(String(next)), bulks(found)]);
}
