import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, integer, simpleString } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, nil, touched } from '../command.ts';
import { globBudget, globMatches } from '../glob.ts';
import { expireFields } from '../hashes/field-expiry.ts';
import { keyExpiry } from '../keys/expire.ts';
import { glance, lookup } from '../keys/lookup.ts';
import { object } from '../keys/object.ts';
import { keyMoves } from '../keys/rename.ts';
import { notify } from '../notify.ts';
import { scanCursor, scanOptions } from '../scan-page.ts';

function remove(call: Call): ByteString {
  expireFields(call);
  let count = 0;
  for (const key of call.argv.slice(1)) {
    if (!call.db.delete(key, call.now)) continue;
    touched(call, key);
    notify(call, 'g', 'del', key);
    count++;
  }
  return integer(count);
}

/** TOUCH is a use of the keys, EXISTS is not. */
const counted =
  (look: typeof glance) =>
  (call: Call): ByteString =>
    integer(call.argv.slice(1).filter((key) => look(call, key) !== undefined).length);

function scan(call: Call): ByteString {
  const cursor = scanCursor(call, 1);
  const { count, pattern, type } = scanOptions(call, 2);
  expireFields(call);
  const { keys: page, next } = call.db.page(cursor, count, call.now);
  const budget = globBudget();
  const found = page.filter(
    (key) => globMatches(pattern, key, budget) && (type === undefined || glance(call, key)?.type === type),
  );
  return array([bulk(String(next)), bulks(found)]);
}

export const keys: Family = {
  ...keyExpiry,
  ...keyMoves,
  del: remove,
  unlink: remove,
  exists: counted(glance),
  touch: counted(lookup),
  type: (call) => simpleString(glance(call, argument(call, 1))?.type ?? 'none'),
  keys: (call) => {
    const budget = globBudget();
    const pattern = argument(call, 1);
    expireFields(call);
    return bulks(call.db.keys(call.now).filter((key) => globMatches(pattern, key, budget)));
  },
  scan,
  dbsize: (call) => {
    expireFields(call);
    return integer(call.db.size(call.now));
  },
  randomkey: (call) => {
    expireFields(call);
    const key = call.db.randomKey(call.world.random, call.now);
    return key === undefined ? nil(call) : bulk(key);
  },
  object,
};
