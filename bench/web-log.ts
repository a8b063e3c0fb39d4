// How fast a web server's log becomes acts, and those become a journal, beside cutting the same bytes into lines and nothing
// else: node bench/web-log.ts [lines] [folder]

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importStream } from '../src/imports/import-stream.ts';
import { createLinePieces } from '../src/imports/line-pieces.ts';
import { openJournal } from '../src/journal/journal.ts';
import type { PastRecorder } from '../src/model/recorder.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom, systemRandom } from '../src/platform/random.ts';

const lines = Number(process.argv[2] ?? 1_000_000);
const parent = process.argv[3] ?? tmpdir();
const CHUNK = 262_144;
const START = Date.UTC(2025, 5, 1);
/** Requests a second of the server's own time. */
const PER_SECOND = 200;
const SOURCES = 5_000;

/** What scanners and browsers ask for; a part of the lines has escapes. */
const REQUESTS = [
  'GET / HTTP/1.1',
  'GET /assets/app.3f9c1d.js HTTP/2.0',
  'POST /cgi-bin/.%2e/.%2e/.%2e/bin/sh HTTP/1.1',
  'GET /.env HTTP/1.1',
  'GET /index.php?s=/index/\\x5Cthink\\x5Capp/invokefunction&function=call_user_func_array HTTP/1.1',
  '\\x16\\x03\\x01\\x00\\xEE\\x01\\x00\\x00\\xEA\\x03\\x03',
];
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36',
  'Mozilla/5.0 zgrab/0.x',
  'curl/8.5.0',
  '-',
];

function generated(): Buffer[] {
  const random = seededRandom(7);
  const chunks: Buffer[] = [];
  let text = '';
  for (let line = 0; line < lines; line++) {
    const source = random.below(SOURCES);
    const time = new Date(START + Math.floor(line / PER_SECOND) * 1_000).toUTCString();
    const [, day, month, year, clock] = time.split(' ');
    const request = REQUESTS[random.below(REQUESTS.length)] ?? '';
    const agent = AGENTS[random.below(AGENTS.length)] ?? '';
    text += `198.${18 + (source >> 12)}.${(source >> 8) & 15}.${source & 255} - - [${day}/${month}/${year}:${clock} +0000] "${request}" ${200 + random.below(300)} ${random.below(20_000)} "-" "${agent}"\n`;
    if (text.length < CHUNK) continue;
    chunks.push(Buffer.from(text, 'latin1'));
    text = '';
  }
  return text === '' ? chunks : [...chunks, Buffer.from(text, 'latin1')];
}

async function* streamed(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

async function imported(chunks: readonly Buffer[], recorder: PastRecorder): Promise<number> {
  const { report } = await importStream(streamed(chunks), {
    format: 'combined',
    recorder,
    sensor: 'bench',
    now: () => systemClock.now(),
    signal: new AbortController().signal,
  });
  if (report.units !== lines || report.broken > 0) throw new Error(`${report.broken} lines are broken`);
  return report.units;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

/** Counts acts and forgets them. */
function forgetful(): { readonly recorder: PastRecorder; readonly acts: () => number } {
  let acts = 0;
  const emit = (): void => {
    acts++;
  };
  const recorder = {
    openPast: () => ({ session: '', emit }),
    saturated: false,
    drained: () => Promise.resolve(),
  };
  return { recorder, acts: () => acts };
}

const root = mkdtempSync(join(parent, 'sundew-bench-web-log-'));
try {
  const chunks = generated();
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  await imported(chunks, forgetful().recorder);
  const cut = await seconds(async () => {
    let length = 0;
    const pieces = createLinePieces((text) => {
      length += text.length;
    });
    for (const chunk of chunks) pieces.push(chunk);
    return length;
  });
  const { recorder, acts } = forgetful();
  const before = process.cpuUsage();
  const parsed = await seconds(() => imported(chunks, recorder));
  const { user, system } = process.cpuUsage(before);
  const whole = await seconds(async () => {
    const journal = await openJournal({
      folder: join(root, 'journal'),
      clock: systemClock,
      random: systemRandom,
      fsync: 'second',
    });
    await imported(chunks, journal);
    await journal.flush();
    await journal.close();
  });
  const rate = (time: number): string => `${Math.round(lines / time).toLocaleString('en')} lines/s`;
  console.log(`${lines} lines, ${(bytes / 1e6).toFixed(1)} MB, ${acts()} acts, node ${process.version}`);
  console.log(`cut into lines   ${rate(cut)}`);
  console.log(
    `parsed into acts ${rate(parsed)}, ${(parsed / cut).toFixed(1)} times as long; a CPU second: ${rate((user + system) / 1e6)}`,
  );
  console.log(`into a journal   ${rate(whole)}, ${(whole / parsed).toFixed(1)} times as long as parsing`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
