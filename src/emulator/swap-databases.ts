import type { ByteString } from '../model/bytes.ts';
import { OK } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { argument, fail, integerArgument } from './command.ts';
import { breakWatches } from './flush.ts';
import { since } from './version.ts';

const MOST = 2_147_483_647;

/** SWAPDB: for everyone who has one of the two selected. */
export function swapDatabases(call: Call): ByteString {
  const { databases, waiters, ready } = call.world;
  const first = indexArgument(call, 1, 'ERR invalid first DB index');
  const second = indexArgument(call, 2, 'ERR invalid second DB index');
  const [one, other] = [databases[first], databases[second]];
  if (one === undefined || other === undefined) fail('ERR DB index is out of range');
  const swapped = (db: number): boolean => db === first || db === second;
  breakWatches(call, swapped);
  [databases[first], databases[second]] = [other, one];
  breakWatches(call, swapped);
  for (const waited of waiters.keys())
    if (swapped(Number(waited.slice(0, waited.indexOf('/'))))) ready.add(waited);
  call.world.dirty++;
  return OK;
}

function indexArgument(call: Call, at: number, message: string): number {
  const index = integerArgument(argument(call, at), message);
  return since(call, 7) && Math.abs(index) > MOST ? fail(message) : index;
}
