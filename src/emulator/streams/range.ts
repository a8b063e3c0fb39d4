import type { ByteString } from '../../model/bytes.ts';
import { EMPTY_ARRAY, integer } from '../../wire/resp-reply.ts';
import type { Call, Handler } from '../command.ts';
import { argument, exactInteger, fail, nilArray, SYNTAX, touched } from '../command.ts';
import { notify } from '../notify.ts';
import { since } from '../version.ts';
import { entriesReply } from './entry-reply.ts';
import { changeEntries, streamOf } from './of-key.ts';
import { intervalEnd, intervalStart, strictId } from './parse-id.ts';

export function range(reversed: boolean): Handler {
  return (call) => {
    const open = since(call, 6.2);
    const [one, two] = [argument(call, 2), argument(call, 3)];
    const from = intervalStart(reversed ? two : one, open);
    const to = intervalEnd(reversed ? one : two, open);
    let count: bigint | undefined;
    for (let at = 4; at < call.argv.length; at += 2) {
      if (argument(call, at).toLowerCase() !== 'count' || at + 1 >= call.argv.length) fail(SYNTAX);
      count = exactInteger(argument(call, at + 1));
    }
    const stream = streamOf(call, argument(call, 1));
    if (stream === undefined) return EMPTY_ARRAY;
    if (count !== undefined && count <= 0n) return nilArray(call);
    return entriesReply(stream.entries.range(from, to, Number(count ?? Infinity), reversed));
  };
}

export function remove(call: Call): ByteString {
  const key = argument(call, 1);
  const stream = streamOf(call, key);
  if (stream === undefined) return integer(0);
  // All ids are read before any entry goes.
  const ids = call.argv.slice(2).map((text) => strictId(text));
  let removed = 0;
  changeEntries(call, key, stream, false, () => {
    for (const id of ids) {
      if (!stream.entries.remove(id)) continue;
      removed++;
      if (id > stream.maxDeleted) stream.maxDeleted = id;
    }
  });
  if (removed > 0) {
    notify(call, 't', 'xdel', key);
    touched(call, key, removed);
  }
  return integer(removed);
}
