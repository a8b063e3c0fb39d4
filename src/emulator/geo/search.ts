import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY, integer } from '../../wire/resp-reply.ts';
import type { Call, Handler } from '../command.ts';
import { argument } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { scoreIndex } from '../scored-members.ts';
import type { ZsetValue } from '../sorted-sets/zset-store.ts';
import { storeResult, zsetOf } from '../sorted-sets/zset-store.ts';
import { since } from '../version.ts';
import type { Shape } from './area.ts';
import { cellsFor } from './area.ts';
import { distanceBetween, latitudeDistance } from './distance.ts';
import type { Position } from './geohash.ts';
import { positionOf, scoresOf } from './geohash.ts';
import { distanceText } from './number-text.ts';
import { partialSort } from './partial-sort.ts';
import { positionReply } from './position-reply.ts';
import type { SearchKind, SearchWords } from './search-words.ts';
import { searchWords } from './search-words.ts';
import { NEAREST } from './trigonometry.ts';

interface Hit {
  readonly member: ByteString;
  readonly score: number;
  readonly position: Position;
  /** Meters. */
  readonly distance: number;
}

export function search(kind: SearchKind): Handler {
  return (call) => {
    const zset = zsetOf(call, argument(call, kind.stores ? 2 : 1));
    // 6.0 looks at nothing else then.
    if (zset === undefined && !since(call, 6.2)) return EMPTY_ARRAY;
    const words = searchWords(call, kind, zset);
    const { shape } = words;
    const found = zset === undefined || shape === undefined ? [] : hitsOf(call, zset, shape, words);
    const told = words.withDistance || words.storeDistance;
    const hits = told && shape !== undefined ? exactly(call, shape, found) : found;
    if (words.target === undefined) return boundedArray(hits, (hit) => hitReply(call, hit, words));
    const rows = hits.map(
      ({ member, score, distance }) => [member, words.storeDistance ? distance / words.unit : score] as const,
    );
    storeResult(call, words.target, rows, kind.by === 'words' ? 'geosearchstore' : 'georadiusstore');
    return integer(rows.length);
  };
}

function hitsOf(
  call: Call,
  zset: ZsetValue,
  shape: Shape,
  { any, count, sort }: SearchWords,
): readonly Hit[] {
  const modern = since(call, 7);
  const hits: Hit[] = [];
  const index = scoreIndex(zset.scores);
  const most = any ? count : Infinity;
  for (const cell of cellsFor(shape, { wideBounds: since(call, 6.2), byDistance: !modern, exact: modern })) {
    if (hits.length >= most) break;
    const { from, to } = scoresOf(cell);
    const rows = index.rows(
      index.countBefore((_, score) => score >= from),
      index.countBefore((_, score) => score >= to),
    );
    for (const [member, score] of rows) {
      const position = positionOf(score);
      const distance = distanceIn(shape, position, modern);
      if (distance !== undefined) hits.push({ member, score, position, distance });
      if (hits.length >= most) break;
    }
  }
  if (sort !== undefined) {
    const order = (one: Hit, other: Hit): number =>
      (one.distance - other.distance) * (sort === 'asc' ? 1 : -1);
    if (count < hits.length && since(call, 6.2)) partialSort(hits, count, order);
    else hits.sort(order);
  }
  return hits.slice(0, count);
}

/** Hits whose distances are worked out to the last bit; more take too long. */
const MOST_EXACT = 5_000;

function exactly(call: Call, shape: Shape, hits: readonly Hit[]): readonly Hit[] {
  if (hits.length > MOST_EXACT) return hits;
  const single = since(call, 7);
  return hits.map((hit) => ({
    ...hit,
    distance: distanceBetween(shape.center, hit.position, single, NEAREST),
  }));
}

/** How far a place is from the middle; undefined when it is outside. */
function distanceIn(shape: Shape, place: Position, exact: boolean): number | undefined {
  const { center } = shape;
  if (shape.kind === 'circle') {
    const distance = distanceBetween(center, place, exact);
    return distance > shape.radius ? undefined : distance;
  }
  if (latitudeDistance(place.latitude, center.latitude) > shape.height / 2) return undefined;
  const aside = { longitude: center.longitude, latitude: place.latitude };
  return distanceBetween(place, aside, exact) > shape.width / 2
    ? undefined
    : distanceBetween(center, place, exact);
}

function hitReply(call: Call, hit: Hit, words: SearchWords): ByteString {
  const cells = [bulk(hit.member)];
  if (words.withDistance) cells.push(bulk(distanceText(hit.distance / words.unit, since(call, 7.2))));
  if (words.withHash) cells.push(integer(Math.trunc(hit.score)));
  if (words.withPosition) cells.push(positionReply(call, hit.position));
  const [only = ''] = cells;
  return cells.length === 1 ? only : array(cells);
}
