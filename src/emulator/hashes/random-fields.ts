import type { ByteString } from '../../model/bytes.ts';
import { bulk, EMPTY_ARRAY } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, nil, SYNTAX } from '../command.ts';
import { randomCount, randomMembers } from '../random-members.ts';
import { boundedArray } from '../reply-bound.ts';
import { fieldsInOrder, hashOf } from './hash-store.ts';

/** HRANDFIELD. */
export function randomFields(call: Call): ByteString {
  const key = argument(call, 1);
  if (call.argv.length === 2) {
    const [found] = randomMembers(call, hashOf(call, key)?.fields ?? new Map(), 1);
    return found === undefined ? nil(call) : bulk(found);
  }
  const withValues = call.argv.length > 3;
  randomCount(argument(call, 2), false);
  if (call.argv.length > 4 || (withValues && argument(call, 3).toLowerCase() !== 'withvalues')) fail(SYNTAX);
  const count = randomCount(argument(call, 2), withValues);
  const hash = hashOf(call, key);
  if (hash === undefined || count === 0) return EMPTY_ARRAY;
  const { fields } = hash;
  const names = count >= fields.size ? [...fieldsInOrder(call, hash)] : randomMembers(call, fields, count);
  if (!withValues) return boundedArray(names, bulk);
  const cells = names.flatMap((name) => [name, fields.get(name) ?? '']);
  if (call.client.resp === 2) return boundedArray(cells, bulk);
  return boundedArray(names, (name) => `*2\r\n${bulk(name)}${bulk(fields.get(name) ?? '')}`);
}
