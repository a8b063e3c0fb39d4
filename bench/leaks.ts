// How fast values are searched for leaks, beside a plain search for one word in the same bytes:
// node bench/leaks.ts [values]

import { collectLeaks } from '../src/audit/leaks/collect-leaks.ts';
import { numberHeavyValues, ordinaryValues } from '../src/audit/leaks/testing/harmless.ts';

const count = Number(process.argv[2] ?? 20_000);

for (const [name, values] of [
  ['what applications store', ordinaryValues(count)],
  ['numbers', numberHeavyValues(count)],
] as const) {
  const bytes = values.reduce((sum, value) => sum + value.length, 0);
  const plain = best(() => {
    let hits = 0;
    for (const value of values) if (value.includes('-----BEGIN ')) hits++;
    return hits;
  });
  const leaks = best(() => {
    const collector = collectLeaks();
    for (const [at, value] of values.entries()) collector.observe(value, `db0/key:${at >> 3}`);
    return collector.groups.size;
  });
  const rate = (ms: number): string => `${(bytes / 1e3 / ms).toFixed(1)} MB/s`;
  console.log(
    `${name}: ${count} values, ${(bytes / 1e6).toFixed(1)} MB: plain search ${rate(plain)}, leaks ${rate(leaks)}, ` +
      `${Math.round((count / leaks) * 1e3)} values/s, ratio ${(leaks / plain).toFixed(0)}`,
  );
}

function best(run: () => number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const begun = performance.now();
    run();
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}
