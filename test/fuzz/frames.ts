// Longer than the tests: npm run fuzz:frames -- [FRAMES] [SEED]
// Feeds every persona in turn with damaged requests and tells what must not be, the slowest requests and the heap.

import { loadPersona } from '../../src/emulator/persona.ts';
import { PERSONAS } from '../peers/talk.ts';
import { fuzz } from './fuzz.ts';

/** Frames that one server gets before the next persona has its turn. */
const ROUND = 250_000;
/** Milliseconds that one request may take. */
const SLOW = 250;
const DOCS = 'redis-8.0.2-debian-13';

const [count = '1000000', from = '1'] = process.argv.slice(2);
const started = performance.now();
let [frames, requests, faults, mostHeap] = [0, 0, 0, 0];
const slowest = new Map<string, number>();
const after: number[] = [];
for (let round = 0; frames < Number(count); round++) {
  const name = PERSONAS[round % PERSONAS.length] ?? '';
  const persona = loadPersona(name);
  const docs = persona.commands.some(({ arguments: words }) => words !== undefined)
    ? persona
    : loadPersona(DOCS);
  const result = await fuzz({
    persona,
    docs,
    frames: Math.min(ROUND, Number(count) - frames),
    seed: Number(from) + round,
  });
  frames += result.frames;
  requests += result.requests;
  faults += result.faults.length;
  mostHeap = Math.max(mostHeap, result.mostHeap);
  after.push(result.heapAfter);
  for (const { ms, words } of result.slowest) slowest.set(`${name}: ${words}`, ms);
  const seconds = (performance.now() - started) / 1_000;
  console.log(
    `${name} seed ${Number(from) + round}: ${frames} frames, ${requests} requests run, ${seconds.toFixed(0)} s, ` +
      `${Math.round(frames / seconds)}/s, slowest ${result.slowest[0]?.ms.toFixed(0) ?? '-'} ms, heap ${mb(result.mostHeap)} at most, ${mb(result.heapAfter)} after`,
  );
  for (const fault of result.faults) console.log(`  FAULT ${fault}`);
}
console.log(
  `${frames} frames, ${requests} requests, ${faults} faults, heap at most ${mb(mostHeap)}, after the rounds ${after.map(mb).join(' ')}`,
);
const slow = [...slowest].toSorted(([, one], [, other]) => other - one);
for (const [words, ms] of slow.slice(0, 15)) console.log(`  ${ms.toFixed(0)} ms ${words}`);
process.exitCode = faults > 0 || slow.some(([, ms]) => ms > SLOW) ? 1 : 0;

function mb(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}
