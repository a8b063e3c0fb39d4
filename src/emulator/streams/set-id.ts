import type { ByteString } from '../../model/bytes.ts';
import { OK } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, NO_SUCH_KEY, SYNTAX } from '../command.ts';
import { notify } from '../notify.ts';
import { since } from '../version.ts';
import type { StreamId } from './id.ts';
import { ZERO_ID } from './id.ts';
import { counted, streamOf } from './of-key.ts';
import { strictId } from './parse-id.ts';

export function setId(call: Call): ByteString {
  const key = argument(call, 1);
  // 6.0 looks at the key first.
  if (!since(call, 6.2) && streamOf(call, key) === undefined) fail(NO_SUCH_KEY);
  const id = strictId(argument(call, 2));
  const { added, maxDeleted } = options(call, id);
  const stream = streamOf(call, key) ?? fail(NO_SUCH_KEY);
  if (id < stream.maxDeleted && since(call, 7.2)) {
    fail('ERR The ID specified in XSETID is smaller than current max_deleted_entry_id');
  }
  const last = stream.entries.last;
  if (last !== undefined && id < last.id) {
    fail('ERR The ID specified in XSETID is smaller than the target stream top item');
  }
  if (last !== undefined && added !== undefined && added < BigInt(stream.entries.length)) {
    fail('ERR The entries_added specified in XSETID is smaller than the target stream length');
  }
  stream.lastId = id;
  if (added !== undefined) stream.added = added;
  if (maxDeleted !== ZERO_ID) stream.maxDeleted = maxDeleted;
  notify(call, 't', 'xsetid', key);
  counted(call);
  return OK;
}

function options(call: Call, id: StreamId): { added: bigint | undefined; maxDeleted: StreamId } {
  let added: bigint | undefined;
  let maxDeleted = ZERO_ID;
  for (let at = 3; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const more = at + 1 < call.argv.length;
    if (word === 'entriesadded' && more) {
      added = exactInteger(argument(call, ++at));
      if (added < 0n) fail('ERR entries_added must be positive');
    } else if (word === 'maxdeletedid' && more) {
      maxDeleted = strictId(argument(call, ++at));
      if (id < maxDeleted)
        fail('ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id');
    } else fail(SYNTAX);
  }
  return { added, maxDeleted };
}
