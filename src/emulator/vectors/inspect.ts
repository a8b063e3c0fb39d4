import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map, simpleString } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, nil, nilArray } from '../command.ts';
import { chosenPlaces, MOST_REPEATED } from '../random-members.ts';
import { boundedArray } from '../reply-bound.ts';
import { findSet, wrongCount } from './find-set.ts';
import { floatReply } from './float-reply.ts';
import type { StoredVector } from './stored-vector.ts';
import { givenVector, vectorBytes } from './stored-vector.ts';
import { attributesCount } from './vector-set.ts';

/** VINFO. */
export function describe(call: Call): ByteString {
  const set = findSet(call);
  if (set === undefined) return nilArray(call);
  const figures: readonly (readonly [string, ByteString])[] = [
    ['quant-type', simpleString(set.quantisation)],
    ['hnsw-m', integer(set.links)],
    ['vector-dim', integer(set.dimension)],
    ['projection-input-dim', integer(set.inputDimension)],
    ['size', integer(set.elements.size)],
    ['max-level', integer(set.maxLevel)],
    ['attributes-count', integer(attributesCount(set))],
    ['vset-uid', integer(set.uid ?? 0)],
    ['hnsw-max-node-uid', integer(set.lastId)],
  ];
  return map(
    figures.flatMap(([name, figure]) => [simpleString(name), figure]),
    call.client.resp,
  );
}

/** VEMB: the vector as it was given, as far as it is still known; RAW: as it is kept. */
export function embedding(call: Call): ByteString {
  const { argv } = call;
  if (argv.length < 3) wrongCount('VEMB');
  if (argv.slice(3).some((word) => word.toLowerCase() !== 'raw')) fail('ERR invalid option');
  const vector = findSet(call)?.elements.get(argument(call, 2))?.vector;
  if (vector === undefined) return nil(call);
  if (argv.length > 3) return raw(call, vector);
  return boundedArray([...givenVector(vector)], (part) => floatReply(call, part));
}

function raw(call: Call, vector: StoredVector): ByteString {
  const told = [simpleString(vector.form), bulk(vectorBytes(vector)), floatReply(call, vector.length)];
  if (vector.form === 'int8') told.push(floatReply(call, vector.range));
  return array(told);
}

/** VRANDMEMBER; below zero the same member may come again. */
export function randomMember(call: Call): ByteString {
  if (call.argv.length < 2 || call.argv.length > 3) wrongCount('VRANDMEMBER');
  const single = call.argv.length === 2;
  const count = single ? 1 : Number(exactInteger(argument(call, 2), 'ERR COUNT value is not an integer'));
  const names = [...(findSet(call)?.elements.keys() ?? [])].toReversed();
  const { random } = call.world;
  if (single) return names.length === 0 ? nil(call) : bulk(names[random.below(names.length)] ?? '');
  if (count < 0 && names.length > 0) {
    const places = Array.from({ length: Math.min(-count, MOST_REPEATED) }, () => random.below(names.length));
    return boundedArray(places, (place) => bulk(names[place] ?? ''));
  }
  return boundedArray(chosenPlaces(random, names.length, Math.max(0, count)), (place) =>
    bulk(names[place] ?? ''),
  );
}
