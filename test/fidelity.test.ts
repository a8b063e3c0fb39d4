import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { PAIRS, startPair } from './differential/pair.ts';
import { probes } from './emulator-probes/all.ts';
import { ask } from './emulator-probes/ask.ts';
import type { Score } from './fidelity/report.ts';
import { differencesIn, report } from './fidelity/report.ts';

const PAGE = join(import.meta.dirname, '..', 'docs', 'fidelity.md');
const before = readFileSync(PAGE, 'utf8');
const scores: Score[] = [];
let regressed = false;

afterAll(() => {
  // A page that is written after a failure would hide it from the next run.
  const update = process.env['SUNDEW_UPDATE_FIDELITY'] === '1';
  if (scores.length === PAIRS.length && (update || !regressed)) writeFileSync(PAGE, report(scores));
});

describe('every probe, asked of the sensor and of the real server of its persona', () => {
  test.for(PAIRS)(
    '$persona answers as $release, but for what docs/fidelity.md lists',
    { timeout: 600_000 },
    async ({ release, persona }) => {
      const pair = await startPair(release, persona);
      onTestFinished(pair.stop);
      const score: Score = { persona, release, probes: probes.length, requests: 0, differing: [] };

      for (const probe of probes) {
        const [given, expected] = [await ask(pair.ports.sensor, probe), await ask(pair.ports.real, probe)];
        score.requests += expected.length;
        for (const [at, { step, reply }] of expected.entries()) {
          const other = given[at]?.reply ?? '';
          if (other !== reply) score.differing.push({ probe: probe.name, step, real: reply, sensor: other });
        }
      }
      scores.push(score);

      expect(score.requests).toBeGreaterThan(1_500);
      const known = differencesIn(before, persona);
      const fresh = score.differing.filter(({ probe, step }) => !known.has(`${probe}: ${step}`));
      regressed ||= fresh.length > 0;
      expect(fresh).toEqual([]);
    },
  );
});
