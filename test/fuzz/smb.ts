// Longer than the tests: npm run fuzz:smb -- [MESSAGES] [SEED]
// Sends damaged SMB1 messages over many connections to a sensor that listens, and tells what must not be: faults of
// its own, acts that are none, a sensor that does not answer any more, memory that does not come back.

import { fuzzSmb } from './fuzz-smb.ts';

const [count = '1000000', seed = '1'] = process.argv.slice(2);
const started = performance.now();
const result = await fuzzSmb({
  messages: Number(count),
  seed: Number(seed),
  onProgress: (sent, heap) => console.log(`${sent} messages, heap ${mb(heap)}`),
});
const seconds = (performance.now() - started) / 1_000;
console.log(
  `${result.messages} messages over ${result.connections} connections in ${seconds.toFixed(0)} s ` +
    `(${Math.round(result.messages / seconds)}/s), ${result.commands} commands taken, ${result.acts} acts, ${result.replyBytes} bytes of replies, ` +
    `heap ${mb(result.heapBefore)} before, ${mb(result.mostHeap)} at most, ${mb(result.heapAfter)} after`,
);
for (const fault of result.faults) console.log(`  FAULT ${fault}`);
process.exitCode = result.faults.length > 0 ? 1 : 0;

function mb(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`;
}
