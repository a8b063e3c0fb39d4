import type { ByteString } from '../../model/bytes.ts';
import { array, bulk } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, nil } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { distance } from './distance.ts';
import { findSet, wrongCount } from './find-set.ts';
import { floatReply } from './float-reply.ts';
import { MOST_ELEMENTS, MOST_PRODUCTS } from './search.ts';
import type { VectorElement, VectorSet } from './vector-set.ts';

interface Neighbour {
  readonly name: ByteString;
  readonly score: number;
}

/** VLINKS: the neighbours that a graph would have, from the highest level of the element down. */
export function links(call: Call): ByteString {
  const { argv } = call;
  const scores = argv[3]?.toLowerCase() === 'withscores';
  if (argv.length < 3 || argv.length > 4 || (argv.length === 4 && !scores)) {
    wrongCount('VLINKS');
  }
  const set = findSet(call);
  const name = argument(call, 2);
  const element = set?.elements.get(name);
  if (set === undefined || element === undefined) return nil(call);
  const levels: ByteString[] = [];
  for (let level = element.level; level >= 0; level--) {
    const near = neighbours(set, name, element, level);
    if (!scores) levels.push(boundedArray(near, (one) => bulk(one.name)));
    else {
      const body = near.map((one) => bulk(one.name) + floatReply(call, one.score)).join('');
      levels.push(call.client.resp === 3 ? `%${near.length}\r\n${body}` : `*${near.length * 2}\r\n${body}`);
    }
  }
  return array(levels);
}

function neighbours(set: VectorSet, own: ByteString, element: VectorElement, level: number): Neighbour[] {
  const most = level === 0 ? 2 * set.links : set.links;
  const looked = Math.min(MOST_ELEMENTS, Math.ceil(MOST_PRODUCTS / set.dimension / (element.level + 1)));
  const all: Neighbour[] = [];
  for (const [name, other] of set.elements) {
    if (all.length >= looked) break;
    if (name === own || other.level < level) continue;
    const score = Math.fround(1 - Math.fround(distance(element.vector, other.vector) / 2));
    all.push({ name, score });
  }
  if (all.length <= most) return all;
  return all.toSorted((one, other) => other.score - one.score).slice(0, most);
}
