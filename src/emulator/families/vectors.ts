import { ownedBytes } from '../../model/bytes.ts';
import { bulk, integer } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, touched } from '../command.ts';
import { add } from '../vectors/add.ts';
import { counted, findSet, truth } from '../vectors/find-set.ts';
import { describe, embedding, randomMember } from '../vectors/inspect.ts';
import { links } from '../vectors/links.ts';
import { search } from '../vectors/search.ts';
import { elementBytes } from '../vectors/vector-set.ts';

function remove(call: Call): string {
  const [key, name] = [argument(call, 1), argument(call, 2)];
  const set = findSet(call);
  const element = set?.elements.get(name);
  if (set === undefined || element === undefined) return truth(call, false);
  const freed = elementBytes(set, name, element);
  set.elements.delete(name);
  call.db.changed(key, -freed);
  touched(call, key);
  return truth(call, true);
}

/** An empty text takes the attributes away. */
function setAttributes(call: Call): string {
  const [key, name, given] = [argument(call, 1), argument(call, 2), ownedBytes(argument(call, 3))];
  const element = findSet(call)?.elements.get(name);
  if (element === undefined) return truth(call, false);
  const before = element.attributes?.length ?? 0;
  element.attributes = given === '' ? undefined : given;
  call.db.changed(key, given.length - before);
  touched(call, key);
  return truth(call, true);
}

function attributes(call: Call): string {
  const found = findSet(call)?.elements.get(argument(call, 2))?.attributes;
  return found === undefined ? nil(call) : bulk(found);
}

/** The vector set module that 8.0 is built with. */
export const vectors: Family = {
  vadd: add,
  vcard: counted('VCARD', 2, 2, (call) => integer(findSet(call)?.elements.size ?? 0)),
  vdim: counted('VDIM', 2, 2, (call) => integer((findSet(call) ?? fail('ERR key does not exist')).dimension)),
  vemb: embedding,
  vgetattr: counted('VGETATTR', 3, 3, attributes),
  vinfo: counted('VINFO', 2, 2, describe),
  vismember: counted('VISMEMBER', 3, 3, (call) =>
    truth(call, findSet(call)?.elements.has(argument(call, 2)) === true),
  ),
  vlinks: links,
  vrandmember: randomMember,
  vrem: counted('VREM', 3, 3, remove),
  vsetattr: counted('VSETATTR', 4, 4, setAttributes),
  vsim: search,
};
