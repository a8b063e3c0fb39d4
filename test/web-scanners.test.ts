import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createDetector } from '../src/detect/detector.ts';
import type { ActOf } from '../src/model/act.ts';
import type { Event } from '../src/model/event.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import { listenHttp } from '../src/sensors/http/sensor.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';

const run = promisify(execFile);
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const NAMES =
  'admin backup old test cgi-bin private shop api v1 v2 tmp log data db files img js css inc lib'.split(' ');

/** What the rules say of everything that a tool sends to a sensor. */
async function seen(
  tool: (port: number, folder: string) => Promise<unknown>,
): Promise<{ requests: { request: ActOf<'http.request'>; rules: string[] }[]; findings: string[] }> {
  const recorder = memoryRecorder();
  const folder = mkdtempSync(join(tmpdir(), 'sundew-scanner-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const sensor = await listenHttp({
    doors: [{ kind: 'plain', host: '127.0.0.1', port: 0 }],
    name: 'test',
    seed: 'a test',
    recorder,
    clock: systemClock,
    random: seededRandom(3),
  });
  // Tools end with codes of their own when they find nothing.
  await tool(sensor.port, folder).catch(() => undefined);
  await sensor.close();
  const detector = createDetector(loadKnowledge().rules);
  const requests: { request: ActOf<'http.request'>; rules: string[] }[] = [];
  const findings: string[] = [];
  const acts = recorder.sessions.flatMap(({ acts: own, peer }, at) =>
    own.map((act) => ({ act, peer, session: `s${at}` })),
  );
  for (const [at, { act, session, peer }] of acts.entries()) {
    const event: Event = {
      id: `e-${at}`,
      time: at * 10,
      vantage: 'sensor',
      sensor: 'test',
      session,
      peer,
      act,
    };
    const detection = detector.observe(event);
    findings.push(...detection.findings.map(({ rule }) => rule));
    if (act.type === 'http.request')
      requests.push({ request: act, rules: detection.held.map(({ id }) => id) });
  }
  return { requests, findings };
}

function wordlist(folder: string, words = NAMES): string {
  const path = join(folder, 'words.txt');
  writeFileSync(path, `${words.join('\n')}\n`);
  return path;
}

describe('real tools against the HTTP sensor', () => {
  test('sqlmap under the name of a browser is told by its payloads', { timeout: 120_000 }, async () => {
    const { requests, findings } = await seen((port, folder) =>
      run('sqlmap', [
        '-u',
        `http://127.0.0.1:${port}/status?id=1&sort=name`,
        '--batch',
        '--random-agent',
        '--flush-session',
        '--level',
        '2',
        '--technique',
        'BEUST',
        '--threads',
        '4',
        '--output-dir',
        folder,
      ]),
    );
    const plain = (target: string): boolean => /^\/status(?:\?id=\d*&sort=\w*)?$/.test(target);
    const payloads = requests.filter(({ request }) => !plain(request.target));
    const flagged = payloads.filter(({ rules }) => rules.includes('http.sql-injection'));

    expect(payloads.length).toBeGreaterThan(100);
    expect(flagged.length / payloads.length).toBeGreaterThanOrEqual(0.95);
    expect(findings).toEqual(expect.arrayContaining(['http.vulnerability-scan', 'http.tool.sqlmap']));
  });

  test.for<[string, (port: number, folder: string) => Promise<unknown>]>([
    [
      'ffuf',
      (port, folder) =>
        run('ffuf', [
          '-u',
          `http://127.0.0.1:${port}/FUZZ`,
          '-w',
          wordlist(folder),
          '-H',
          `User-Agent: ${BROWSER}`,
        ]),
    ],
    [
      'gobuster',
      (port, folder) =>
        run('gobuster', [
          'dir',
          '-q',
          '-u',
          `http://127.0.0.1:${port}`,
          '-w',
          wordlist(folder),
          '-a',
          BROWSER,
        ]),
    ],
    [
      'dirb',
      (port, folder) =>
        run('dirb', [`http://127.0.0.1:${port}/`, wordlist(folder), '-a', BROWSER, '-S', '-w']),
    ],
  ])('%s under the name of a browser is told by what it asks for', { timeout: 60_000 }, async ([, tool]) => {
    expect((await seen(tool)).findings).toContain('http.content-discovery');
  });

  test('hydra at the login form is told by its guesses', { timeout: 60_000 }, async () => {
    const { findings } = await seen((port, folder) =>
      run('hydra', [
        '-l',
        'admin',
        '-P',
        wordlist(folder),
        '-t',
        '2',
        '-s',
        String(port),
        '127.0.0.1',
        'http-post-form',
        '/login:username=^USER^&password=^PASS^:S=welcome',
      ]),
    );

    expect(findings).toEqual(expect.arrayContaining(['http.credential-guessing', 'http.tool.hydra']));
  });

  test('curl with a .php in a form is told by the file', async () => {
    const { requests } = await seen(async (port, folder) => {
      const path = join(folder, 'picture.php');
      writeFileSync(path, 'hello');
      await run('curl', ['-s', '-F', `file=@${path};type=image/jpeg`, `http://127.0.0.1:${port}/upload`]);
    });

    expect(requests.map(({ rules }) => rules)).toEqual([['http.malicious-upload']]);
  });
});
