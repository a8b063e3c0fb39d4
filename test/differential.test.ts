import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadPersona } from '../src/emulator/persona.ts';
import { differences } from './differential/both.ts';
import { PAIRS, startPair } from './differential/pair.ts';
import { sequences } from './differential/sequences.ts';

/** Sequences a persona in each run of the tests; `npm run fuzz:differential` runs more. */
const SEQUENCES = Number(process.env['SUNDEW_SEQUENCES'] ?? 60);
const SEED = Number(process.env['SUNDEW_SEED'] ?? 20_261_124);
const LONGEST = 25;

describe('random sequences of commands', () => {
  test.for(PAIRS)(
    'get the same replies from the sensor and from $release',
    { timeout: 600_000 },
    async ({ release, persona, docs }) => {
      const pair = await startPair(release, persona);
      onTestFinished(pair.stop);
      const any = sequences(loadPersona(persona), loadPersona(docs), LONGEST);

      await fc.assert(
        fc.asyncProperty(any, fc.constantFrom('2', '3'), async (commands, resp) => {
          const found = await differences(pair.real, pair.sensor, [['HELLO', resp], ...commands]);
          expect(found.filter(({ command }) => !command.startsWith('"HELLO"'))).toEqual([]);
        }),
        { numRuns: SEQUENCES, seed: SEED, interruptAfterTimeLimit: 60_000, endOnFailure: true },
      );
    },
  );
});
