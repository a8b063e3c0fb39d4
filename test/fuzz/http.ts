// Longer than the tests: npm run fuzz:http -- [MESSAGES] [SEED]
// Sends damaged requests to a listening sensor of each persona and tells when it no longer answers, or what its heap is.

import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/platform/clock.ts';
import type { Random } from '../../src/platform/random.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { findHttpPersona, httpPersonaNames } from '../../src/sensors/http/persona.ts';
import { listenHttp } from '../../src/sensors/http/sensor.ts';
import { probes } from '../http/probes.ts';

const [count = '20000', seed = '1'] = process.argv.slice(2);
const AT_ONCE = 50;
const GOOD = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const FORM =
  'POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 128\r\n\r\n' +
  '--B\r\nContent-Disposition: form-data; name="file"; filename="a.php"\r\nContent-Type: text/x-php\r\n\r\n<?php phpinfo(); ?>\r\n--B--\r\n';
const seeds = [...probes.map(({ bytes }) => bytes).filter((bytes) => bytes.length < 4_096), FORM, FORM, FORM];

const random = seededRandom(Number(seed));
const faults: string[] = [];
process.on('uncaughtException', (error) => faults.push(String(error.stack)));
for (const name of httpPersonaNames()) {
  const persona = findHttpPersona(name);
  if (persona === undefined) continue;
  let acts = 0;
  const sensor = await listenHttp({
    doors: [{ kind: 'plain', host: '127.0.0.1', port: 0 }],
    name: 'fuzz',
    seed: 'fuzz',
    persona,
    recorder: {
      open: () => ({ session: 's', emit: () => acts++ }),
      saturated: false,
      drained: () => Promise.resolve(),
    },
    clock: systemClock,
    random: seededRandom(1),
    onTrouble: (message) => faults.push(message),
  });
  const started = performance.now();
  let [sent, answered] = [0, 0];
  while (sent < Number(count)) {
    const some = Math.min(AT_ONCE, Number(count) - sent);
    const answers = await Promise.all(
      Array.from({ length: some }, () => say(sensor.port, damaged(random), random.below(4) === 0)),
    );
    sent += some;
    answered += answers.filter((answer) => answer.length > 0).length;
    if (sent % 5_000 < AT_ONCE && !(await say(sensor.port, GOOD, false)).startsWith('HTTP/1.1 200 ')) {
      faults.push(`${name} does not answer after ${sent} messages`);
      break;
    }
  }
  await sensor.close();
  const seconds = (performance.now() - started) / 1_000;
  const heap = Math.round(process.memoryUsage().heapUsed / 1_048_576);
  console.log(
    `${name}: ${sent} messages, ${answered} answered, ${acts} acts, ${Math.round(sent / seconds)}/s, heap ${heap} MB`,
  );
}
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** One or a few messages, with bytes changed, taken out, doubled or moved. */
function damaged(by: Random): Buffer {
  const pick = (): string => seeds[by.below(seeds.length)] ?? GOOD;
  let bytes = Buffer.from(Array.from({ length: 1 + by.below(3) }, pick).join(''), 'latin1');
  for (let changes = by.below(6); changes > 0; changes--) {
    const at = by.below(bytes.length);
    const [before, rest] = [bytes.subarray(0, at), bytes.subarray(at)];
    const some = 1 + by.below(20);
    const change = by.below(4);
    if (change === 0) bytes[at] = by.below(256);
    else if (change === 1) bytes = Buffer.concat([before, rest.subarray(some)]);
    else if (change === 2) bytes = Buffer.concat([before, rest.subarray(0, some), rest]);
    else
      bytes = Buffer.concat([before, Buffer.from('\r\n\0: ;"=,%-\t'.charAt(by.below(12)), 'latin1'), rest]);
    if (bytes.length === 0) return Buffer.from(GOOD);
  }
  return bytes;
}

/** Sends bytes, in two pieces when `split`, says that nothing follows, and returns what came. */
function say(port: number, bytes: Buffer | string, split: boolean): Promise<string> {
  const whole = Buffer.from(bytes);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket
      .on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      .on('error', () => undefined)
      .on('close', () => resolve(text))
      .on('end', () => socket.destroy());
    const half = split ? Math.floor(whole.length / 2) : whole.length;
    socket.write(whole.subarray(0, half));
    void sleep(split ? 2 : 0).then(() => socket.end(whole.subarray(half)));
  });
}
