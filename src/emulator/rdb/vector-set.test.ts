import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { seededRandom } from '../../platform/random.ts';
import { loadPersona } from '../persona.ts';
import { store } from '../vectors/stored-vector.ts';
import type { Quantisation, VectorSet } from '../vectors/vector-set.ts';
import { createWorld } from '../world.ts';
import { dumpValue, restoreValue } from './dump.ts';
import { rdbStyle } from './style.ts';

const world = createWorld(
  {
    persona: loadPersona('redis-8.0.2-debian-13'),
    clock: fixedClock(1_700_000_000_000),
    random: seededRandom(1),
    port: 6379,
    maxClients: 10,
  },
  new Map(),
);
const STYLE = rdbStyle(world);

function setOf(quantisation: Quantisation, count: number): VectorSet {
  const elements = Array.from({ length: count }, (_, at) => {
    const vector = store(Float32Array.of(at - 2, 1, 0.5), quantisation);
    const attributes = at % 2 === 0 ? '{"n":1}' : undefined;
    return [`e${at}`, { id: at + 1, vector, level: at % 3, attributes }] as const;
  });
  return {
    uid: undefined,
    quantisation,
    dimension: 3,
    inputDimension: 0,
    links: 4,
    elements: new Map(elements),
    maxLevel: 2,
    lastId: count,
  };
}

describe('a vector set in a dump', () => {
  test.for(['int8', 'bin', 'f32'] as const)('of %s comes back as it went', (quantisation) => {
    const set = setOf(quantisation, 30);

    const payload = dumpValue({ type: 'vectorset', set }, STYLE);

    expect(restoreValue(payload, 1_000_000)).toEqual({ type: 'vectorset', set });
  });

  test('that is cut short is refused', () => {
    const payload = dumpValue({ type: 'vectorset', set: setOf('int8', 3) }, STYLE);

    expect(restoreValue(payload.slice(0, 40), 1_000_000)).toHaveProperty('kind');
  });

  test('that costs more than the budget is refused', () => {
    const payload = dumpValue({ type: 'vectorset', set: setOf('f32', 30) }, STYLE);

    expect(restoreValue(payload, 500)).toHaveProperty('kind');
  });
});
