import { observablesIn } from '../../content/observables.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Evidence } from '../../model/finding.ts';
import type { Indicator } from '../../model/indicator.ts';
import { printable } from '../../model/printable.ts';
import type { LearntIndex } from '../learnt.ts';
import { SURE } from '../learnt.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { KeyPlace } from '../walk/walk-data.ts';
import { seenBefore } from './seen-before.ts';
import { masterOf } from './server-traces.ts';
import type { Ground, Trace } from './trace.ts';
import { placeOf } from './trace.ts';

/** Something on this server that our own sensors have met. */
export interface LearntGround extends Ground {
  readonly kind: 'value' | 'observable' | 'pair' | 'keys' | 'master' | 'module' | 'key' | 'address';
  readonly evidence: readonly Evidence[];
  readonly indicators: readonly Indicator[];
  readonly keys: readonly KeyPlace[];
}

export interface LearntGrounds {
  /** True when the value is one that our sensors have met, or holds one. */
  observe(trace: Trace): boolean;
  /** What it all amounts to; `named` are the keys that exist under a learnt name. */
  grounds(named: readonly KeyPlace[]): readonly LearntGround[];
}

const MOST_GROUNDS = 200;

export function collectLearntGrounds(index: LearntIndex, facts: ServerFacts): LearntGrounds {
  const found: LearntGround[] = serverGrounds(index, facts);
  /** Learnt keys that hold a plain string: only such are compared by name. */
  const strings = new Set<ByteString>();
  const add = (one: LearntGround): void => {
    if (found.length < MOST_GROUNDS) found.push(one);
  };
  return {
    observe: ({ act, place, key, whole }) => {
      if (act.type !== 'redis.value' || key === undefined) return false;
      const name = index.get('key', act.key);
      if (name !== undefined && act.kind === 'string') strings.add(act.key);
      if (!index.knowsValues) return false;
      const alike = whole === true ? index.value(act.value) : [];
      const pair = alike.find((value) => name !== undefined && shareSession(name, value));
      const sure = alike.find(({ confidence }) => confidence >= SURE);
      if (sure !== undefined) {
        add(ground('value', true, place, `the value of ${place}`, [sure], [key]));
      } else if (pair !== undefined && name !== undefined) {
        add(ground('pair', true, place, `the key ${place} with its value`, [pair, name], [key]));
      }
      const inside = observed(index, act.value);
      for (const indicator of inside) {
        const strong = STANDS_ALONE.includes(indicator.kind) && indicator.confidence >= SURE;
        const what = `${KIND_NAMES[indicator.kind] ?? indicator.kind} ${printable(indicator.value, 120)} in ${place}`;
        add(ground(strong ? 'observable' : 'address', strong, place, what, [indicator], strong ? [key] : []));
      }
      return (
        sure !== undefined ||
        pair !== undefined ||
        inside.some(({ kind, confidence }) => STANDS_ALONE.includes(kind) && confidence >= SURE)
      );
    },
    grounds: (named) => [...found, ...keyGrounds(index, named, strings)],
  };
}

/** Kinds that tie a value to an attack by themselves; a host or address may serve many. */
const STANDS_ALONE: readonly Indicator['kind'][] = ['url', 'endpoint', 'ssh-key', 'wallet'];
const KIND_NAMES: Readonly<Partial<Record<Indicator['kind'], string>>> = {
  url: 'the URL',
  endpoint: 'the endpoint',
  'ssh-key': 'the SSH key',
  wallet: 'the wallet',
  address: 'the address',
  host: 'the host',
};

function observed(index: LearntIndex, value: ByteString): Indicator[] {
  return observablesIn(value).flatMap(({ kind, value: what }) => index.get(kind, what) ?? []);
}

function serverGrounds(index: LearntIndex, facts: ServerFacts): LearntGround[] {
  const found: LearntGround[] = [];
  const master = masterOf(facts.info);
  const endpoint = master === undefined ? undefined : index.get('endpoint', `${master.host}:${master.port}`);
  if (master !== undefined && endpoint !== undefined) {
    const what = `its master ${printable(`${master.host}:${master.port}`)}`;
    found.push({ ...ground('master', true, 'INFO replication', what, [endpoint], []), rung: 'tampered' });
  }
  for (const { name, path } of facts.modules ?? []) {
    const file = path?.slice(path.lastIndexOf('/') + 1);
    const indicator =
      index.get('module', name) ?? (file === undefined ? undefined : index.get('module', file));
    if (indicator === undefined) continue;
    const what = `the module ${printable(name, 60)}`;
    found.push({ ...ground('module', true, 'MODULE LIST', what, [indicator], []), rung: 'executed' });
  }
  return found;
}

/**
 * Anybody can write a healthy server's key names into a sensor, so one name proves nothing. Two names of one visit to
 * a sensor, both plain strings as that visitor wrote them, are more than chance.
 */
function keyGrounds(
  index: LearntIndex,
  named: readonly KeyPlace[],
  strings: ReadonlySet<ByteString>,
): LearntGround[] {
  const known = named.flatMap((place) => {
    const indicator = index.get('key', place.key);
    return indicator === undefined ? [] : [{ place, indicator }];
  });
  const bySession = new Map<string, typeof known>();
  for (const one of known) {
    if (!strings.has(one.place.key)) continue;
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
    ground('key', false, placeOf(place), `the key name ${placeOf(place)}`, [indicator], [place]),
  );
  if (together.length === 0) return result;
  const names = together
    .map(({ place }) => placeOf(place))
    .slice(0, 5)
    .join(', ');
  const indicators = together.map(({ indicator }) => indicator);
  const places = together.map(({ place }) => place);
  return [ground('keys', true, names, `the keys ${names} together`, indicators, places), ...result];
}

function shareSession(left: Indicator, right: Indicator): boolean {
  return left.sessions.some((session) => right.sessions.includes(session));
}

function ground(
  kind: LearntGround['kind'],
  strong: boolean,
  place: string,
  what: string,
  indicators: readonly Indicator[],
  keys: readonly KeyPlace[],
): LearntGround {
  const [first] = indicators;
  const seen = first === undefined ? '' : seenBefore(first);
  return {
    kind,
    strong,
    rung: 'attacked',
    because: `our sensor saw ${what} ${seen}`,
    evidence: [{ event: place, field: kind, excerpt: `seen by our sensor ${seen}`.slice(0, 200) }],
    indicators,
    keys,
  };
}
