import type { ByteString } from '../model/bytes.ts';
import type { Random } from '../platform/random.ts';
import type { Call } from './command.ts';
import { exactInteger, fail, LEAST, MOST } from './command.ts';
import { orderOf } from './value-order.ts';

/** Below zero the same member may come again; a visitor gets no more of them than this. */
export const MOST_REPEATED = 250_000;

/** A count of members wanted; `halved`: each comes with a second cell. */
export function randomCount(text: ByteString, halved: boolean): number {
  const count = exactInteger(text);
  if (count === LEAST) {
    fail('ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807');
  }
  if (halved && (count > MOST / 2n || count < -(MOST / 2n))) fail('ERR value is out of range');
  return Number(count);
}

/** `count` different places below `size`, in rising order; all of them when there are no more. */
export function chosenPlaces(random: Random, size: number, count: number): number[] {
  if (count >= size) return Array.from({ length: size }, (_, place) => place);
  const chosen = new Set<number>();
  // R. Floyd's way: one draw a place.
  for (let top = size - count; top < size; top++) {
    const place = random.below(top + 1);
    chosen.add(chosen.has(place) ? top : place);
  }
  return [...chosen].toSorted((one, other) => one - other);
}

type Members = ReadonlyMap<ByteString, unknown> | ReadonlySet<ByteString>;

/** Above, members are drawn from the order of their table; below, it is cheaper to count them off. */
const SMALL = 128;

/** Any of the members; `count` below zero asks for as many that may repeat. */
export function randomMembers({ world }: Call, members: Members, count: number): ByteString[] {
  const { random } = world;
  const { size } = members;
  if (size === 0 || count === 0) return [];
  if (count >= size) return [...members.keys()];
  if (size <= SMALL || count > size / 2) {
    const all = [...members.keys()];
    const places =
      count > 0
        ? chosenPlaces(random, size, count)
        : Array.from({ length: Math.min(-count, MOST_REPEATED) }, () => random.below(size));
    return places.map((place) => all[place] ?? '');
  }
  const order = orderOf(world, members);
  const draw = (): ByteString => order.any((limit) => random.below(limit)) ?? '';
  if (count < 0) return Array.from({ length: Math.min(-count, MOST_REPEATED) }, draw);
  const found = new Set<ByteString>();
  while (found.size < count) found.add(draw());
  return [...found];
}
