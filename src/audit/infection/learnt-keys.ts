import type { ByteString } from '../../model/bytes.ts';
import type { KeyPlace } from '../walk/walk-data.ts';
import type { LearntIndex } from './learnt.ts';
import type { LearntGround } from './learnt-ground.ts';
import { learntGround } from './learnt-ground.ts';
import { placeOf } from './trace.ts';

/**
 * Keys that exist under learnt names. Anybody can write a healthy server's key names into a sensor, so names prove
 * nothing, however many. Two of one visit to a sensor that both hold here what attacks write are more than chance.
 *
 * @param suspect names of the keys that hold here a plain string that looks like an attack.
 */
export function learntOfKeys(
  index: LearntIndex,
  named: readonly KeyPlace[],
  suspect: ReadonlySet<ByteString>,
): LearntGround[] {
  const known = named.flatMap((place) => {
    const indicator = index.get('key', place.key);
    return indicator === undefined ? [] : [{ place, indicator }];
  });
  const bySession = new Map<string, typeof known>();
  for (const one of known) {
    if (!suspect.has(one.place.key)) continue;
    for (const session of one.indicator.sessions) {
      const group = bySession.get(session) ?? [];
      if (!group.some(({ place }) => place.key === one.place.key)) group.push(one);
      bySession.set(session, group);
    }
  }
  const groups = [...bySession.values()].toSorted((left, right) => right.length - left.length);
  const best = groups[0] ?? [];
  const together = best.length >= 2 ? best : [];
  const alone = known.filter(({ place }) => !together.some((one) => one.place.key === place.key));
  const result = alone.map(({ place, indicator }) =>
    learntGround('key', false, placeOf(place), `the key name ${placeOf(place)}`, [indicator], [place]),
  );
  if (together.length === 0) return result;
  const names = together
    .map(({ place }) => placeOf(place))
    .slice(0, 5)
    .join(', ');
  const indicators = together.map(({ indicator }) => indicator);
  const places = together.map(({ place }) => place);
  return [learntGround('keys', true, names, `the keys ${names} together`, indicators, places), ...result];
}
