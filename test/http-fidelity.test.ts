import { existsSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import { findHttpPersona, httpPersonaNames } from '../src/sensors/http/persona.ts';
import { listenHttp } from '../src/sensors/http/sensor.ts';
import { createSite } from '../src/sensors/http/site.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';
import { sayHttp } from './http/ask-http.ts';
import { probes } from './http/probes.ts';
import { REAL_HTTP_SERVERS, startRealHttpServer } from './http/real-http-servers.ts';

const SEED = 'fidelity';

describe('every HTTP probe, asked of the sensor and of the real server of its persona', () => {
  test.for(httpPersonaNames())('%s: status, header order, body, end', { timeout: 180_000 }, async (name) => {
    const persona = findHttpPersona(name);
    if (persona === undefined) throw new Error('no persona');
    expect(existsSync(REAL_HTTP_SERVERS[persona.family]), 'npm test installs it').toBe(true);
    const real = await startRealHttpServer(persona.family, createSite(SEED), seededRandom(2));
    onTestFinished(() => real.stop());
    const sensor = await listenHttp({
      doors: [{ kind: 'plain', host: '127.0.0.1', port: 0 }],
      name: 'test',
      seed: SEED,
      persona,
      recorder: memoryRecorder(),
      clock: systemClock,
      random: seededRandom(2),
    });
    onTestFinished(() => sensor.close());
    const differing: { probe: string; real: string; sensor: string }[] = [];
    // A few at a time: each waits until its server has nothing more to say.
    for (let at = 0; at < probes.length; at += 8) {
      await Promise.all(
        probes.slice(at, at + 8).map(async ({ name: probe, bytes }) => {
          const [expected, given] = await Promise.all([
            comparable(real.port, bytes),
            comparable(sensor.port, bytes),
          ]);
          if (expected !== given) differing.push({ probe, real: expected, sensor: given });
        }),
      );
    }

    expect(differing).toEqual([]);
  });
});

/** What has to be the same: without what the time and the port change. */
async function comparable(port: number, bytes: string): Promise<string> {
  const { text, closed } = await sayHttp(port, bytes, 400);
  const plain = text
    .replaceAll(String(port), 'PORT')
    .replaceAll(/^Date: .*$/gm, 'Date: NOW')
    // The order of these is another one each time that httpd starts.
    .replaceAll(
      /^Allow: (.*)\r$/gm,
      (_whole, methods: string) => `Allow: ${methods.split(',').toSorted().join()}\r`,
    )
    .replaceAll(/sid=[0-9a-f]{32}/g, 'sid=ID');
  return `${unpacked(plain)}${closed ? '<closed>' : '<open>'}`;
}

/** Packed bodies are compared by what is in them. */
function unpacked(text: string): string {
  const head = text.indexOf('\r\n\r\n') + 4;
  if (!text.slice(0, head).includes('Content-Encoding: gzip')) return text;
  const body = text.slice(head);
  const content = text.includes('\r\nTransfer-Encoding: chunked\r\n') ? dechunked(body) : body;
  if (content === '') return text;
  return `${text.slice(0, head).replace(/Content-Length: \d+/, 'Content-Length: N')}${gunzipSync(Buffer.from(content, 'latin1')).toString('latin1')}`;
}

function dechunked(body: string): string {
  const size = /^([0-9a-f]+)\r\n/.exec(body);
  if (size === null) return '';
  const [line, digits = ''] = size;
  const end = line.length + Number.parseInt(digits, 16);
  return body.slice(line.length, end) + dechunked(body.slice(end + 2));
}
