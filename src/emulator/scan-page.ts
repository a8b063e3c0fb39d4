import type { ByteString } from '../model/bytes.ts';
import { array, bulk, bulks } from '../wire/resp-reply.ts';
import { argument, fail, integerArgument, SYNTAX } from './command.ts';
import type { Call } from './command.ts';
import { globMatches } from './glob.ts';

/** HSCAN, SSCAN and ZSCAN: rows whose first cell MATCH is tried on. The cursor is a position in the present order. */
export function scanPage(call: Call, rows: readonly (readonly ByteString[])[]): ByteString {
  if (!/^\d{1,20}$/.test(argument(call, 2))) fail('ERR invalid cursor');
  const cursor = Number(argument(call, 2));
  let pattern = '*';
  let count = 10;
  for (let at = 3; at < call.argv.length; at += 2) {
    const word = argument(call, at).toLowerCase();
    if (at + 1 >= call.argv.length) fail(SYNTAX);
    if (word === 'match') pattern = argument(call, at + 1);
    else if (word === 'count') {
      count = integerArgument(argument(call, at + 1));
      if (count < 1) fail(SYNTAX);
    } else fail(SYNTAX);
  }
  const next = cursor + count < rows.length ? cursor + count : 0;
  const found = rows.slice(cursor, cursor + count).filter(([first = '']) => globMatches(pattern, first));
  return array([bulk(String(next)), bulks(found.flat())]);
}
