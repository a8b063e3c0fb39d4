// Longer than the tests: node test/differential/run.ts [RELEASE] [SEQUENCES] [SEED]
// Tells by command how often the sensor answered otherwise than the real server, with the first example of each.

import fc from 'fast-check';
import { loadPersona } from '../../src/emulator/persona.ts';
import type { Difference } from './both.ts';
import { differences } from './both.ts';
import { PAIRS, startPair } from './pair.ts';
import { sequences } from './sequences.ts';

const LONGEST = 40;
const SHOWN = 25;
const [only = '', count = '2000', from = String(Date.now() % 1_000_000)] = process.argv.slice(2);

for (const { release, persona, docs } of PAIRS) {
  if (!release.includes(only)) continue;
  const pair = await startPair(release, persona);
  const found = new Map<string, { times: number; first: Difference; seed: number }>();
  let commands = 0;
  for (let at = 0; at < Number(count); at++) {
    const seed = Number(from) + at;
    const [words = [], resp = '2'] =
      fc.sample(
        fc.tuple(sequences(loadPersona(persona), loadPersona(docs), LONGEST), fc.constantFrom('2', '3')),
        { seed, numRuns: 1 },
      )[0] ?? [];
    commands += words.length;
    const differing = await differences(pair.real, pair.sensor, [['HELLO', resp], ...words]);
    // What comes after the first difference may follow from it.
    const first = differing.find(({ command }) => !command.startsWith('"HELLO"'));
    if (first !== undefined) {
      const name = first.command
        .split(' ')
        .slice(0, /^"(xgroup|object|xinfo)/i.test(first.command) ? 2 : 1)
        .join(' ')
        .toLowerCase();
      const known = found.get(name);
      if (known === undefined) found.set(name, { times: 1, first, seed });
      else known.times++;
    }
    if (process.stderr.isTTY && at % 50 === 0) process.stderr.write(`\r${release} ${at}/${count}`);
  }
  await pair.stop();
  const differing = [...found.values()].reduce((total, { times }) => total + times, 0);
  console.log(
    `${release}: ${count} sequences, ${commands} commands; ${differing} sequences differ, seeds from ${from}`,
  );
  for (const [name, { times, first, seed }] of [...found]
    .toSorted(([, one], [, other]) => other.times - one.times)
    .slice(0, SHOWN)) {
    const cut = (text: string): string => JSON.stringify(text.slice(0, 300));
    console.log(
      `  ${name} x${times} (seed ${seed})\n    ${first.command.slice(0, 300)}\n    real   ${cut(first.real)}\n    sensor ${cut(first.sensor)}`,
    );
  }
}
