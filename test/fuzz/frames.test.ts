import { describe, expect, test } from 'vitest';
import { loadPersona } from '../../src/emulator/persona.ts';
import { PERSONAS } from '../peers/talk.ts';
import { fuzz } from './fuzz.ts';

describe('damaged requests', () => {
  // The long run is `npm run fuzz:frames`.
  test.for(PERSONAS)('get whole replies from %s, whose books of memory still add up', async (name) => {
    const persona = loadPersona(name);
    const docs = loadPersona('redis-8.0.2-debian-13');

    const result = await fuzz({ persona, docs, frames: 8_000, seed: 20_261 });

    expect(result.faults).toEqual([]);
    expect(result.requests).toBeGreaterThan(4_000);
  });
});
