// Damages dumps and append-only files in every way it can think of and reads them: npx node test/fuzz/dump.ts [seconds] [seed]
// Ends with 1 at the first that throws, takes long or takes memory, and says which one it was.

import { bufferSource } from '../../src/dump/byte-source.ts';
import { createByteWindow } from '../../src/dump/byte-window.ts';
import { readAof } from '../../src/dump/read-aof.ts';
import type { Random } from '../../src/platform/random.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { REAL_DUMPS } from '../emulator-probes/real-dumps.ts';
import {
  EVERY_FORM,
  EVERY_OPCODE,
  everyFormRdb,
  packedText,
  rdb,
  text,
  wideLength,
} from '../peers/sample-rdb.ts';

const seconds = Number(process.argv[2] ?? 60);
const first = Number(process.argv[3] ?? 1);
const LONGEST_MS = 2_000;
const MOST_MEMORY = 400e6;

const samples: readonly Buffer[] = [
  everyFormRdb(),
  ...EVERY_FORM.map(({ bytes }) => rdb([...EVERY_OPCODE, bytes])),
  ...Object.values(REAL_DUMPS).map(realDumps),
  Buffer.concat([
    everyFormRdb(),
    Buffer.from(
      '*2\r\n$6\r\nSELECT\r\n$1\r\n1\r\n#TS:1700000000\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\nbc\r\n',
    ),
  ]),
];

/** What DUMP gives is the type, the value, a version and a checksum. */
function realDumps(dumps: Readonly<Record<string, string>>): Buffer {
  return rdb(
    Object.entries(dumps).map(([name, hex]) => {
      const bytes = Buffer.from(hex, 'hex');
      return Buffer.concat([bytes.subarray(0, 1), text(name), bytes.subarray(1, -10)]);
    }),
  );
}

function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[random.below(from.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

const LIES = [
  wideLength(2n ** 60n),
  wideLength(2n ** 32n),
  Buffer.from([0x80, 0xff, 0xff, 0xff, 0xff]),
  Buffer.from([0xc3]),
  packedText('a'.repeat(200_000)),
  Buffer.from([0xff]),
  Buffer.from([0xf4]),
];

function damaged(random: Random): Buffer {
  let bytes = Buffer.from(pick(random, samples));
  for (let left = 1 + random.below(6); left > 0; left--) {
    const at = random.below(bytes.length + 1);
    switch (random.below(7)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1:
        if (at < bytes.length) bytes[at] = random.below(256);
        break;
      case 2:
        bytes = bytes.subarray(0, at);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), pick(random, LIES), bytes.subarray(at)]);
        break;
      case 4:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          bytes.subarray(Math.min(bytes.length, at + random.below(40))),
        ]);
        break;
      case 5:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          pick(random, samples).subarray(random.below(200)).subarray(0, 400),
        ]);
        break;
      default:
        for (let run = random.below(20); run > 0; run--)
          if (at + run < bytes.length)
            bytes[at + run] = pick(random, [0, 0xff, 0x80, 0x81, 0xc0, 0xc3, 0x7f]);
    }
  }
  return bytes;
}

const until = performance.now() + seconds * 1_000;
let seed = first;
for (; performance.now() < until; seed++) {
  const bytes = damaged(seededRandom(seed));
  const started = performance.now();
  let records = 0;
  try {
    for (const _ of readAof(createByteWindow(bufferSource(bytes), true))) records += 1;
  } catch (error) {
    console.error(`seed ${seed} throws`, error);
    process.exit(1);
  }
  const ms = performance.now() - started;
  if (ms > LONGEST_MS || records > bytes.length + 1) {
    console.error(`seed ${seed}: ${bytes.length} bytes took ${ms.toFixed(0)} ms and gave ${records} records`);
    process.exit(1);
  }
  if (process.memoryUsage.rss() > MOST_MEMORY) {
    console.error(`seed ${seed}: ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB of memory`);
    process.exit(1);
  }
}
console.log(`${seed - first} damaged files were read, none did harm`);
