// How fast a dump is audited, beside reading the same file plainly and, where it is installed, redis-check-rdb:
// node bench/dump.ts [megabytes]. Needs redis-server: the values are written by a real one.

import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditKnowledge } from '../src/audit/audit-server.ts';
import { createLearntIndex } from '../src/audit/infection/learnt.ts';
import { auditFiles } from '../src/audit/offline/audit-files.ts';
import { loadVulnerabilities } from '../src/audit/vulnerable/vulnerability-data.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import { bufferSource, fileSource } from '../src/dump/byte-source.ts';
import { createByteWindow } from '../src/dump/byte-window.ts';
import { readRdb } from '../src/dump/read-rdb.ts';
import { systemClock } from '../src/platform/clock.ts';
import { packagedText } from '../src/platform/files.ts';
import { crc64 } from '../src/redis/crc64.ts';
import { startRedis } from '../test/peers/redis-server.ts';

const [mode = '1024', file = ''] = process.argv.slice(2);
if (mode === 'parse') parse();
else if (mode === 'audit') await audit();
else await compare(Number(mode) * 1_048_576);

async function compare(bytes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-bench-'));
  const path = join(folder, 'dump.rdb');
  try {
    await build(path, bytes);
    console.log(
      `${(statSync(path).size / 1e6).toFixed(0)} MB of strings, hashes, lists, sets, sorted sets and streams`,
    );
    timed('plain reading', path, () => plainly(path));
    timed('redis-check-rdb', path, () => {
      if (spawnSync('redis-check-rdb', [path]).status !== 0)
        console.log('(not installed, or it does not take the file)');
    });
    for (const own of ['parse', 'audit'])
      spawnSync(process.execPath, [import.meta.filename, own, path], { stdio: 'inherit' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(what: string, path: string, work: () => void): void {
  const started = performance.now();
  work();
  report(what, path, performance.now() - started);
}

function report(what: string, path: string, ms: number, more = ''): void {
  console.log(`${what.padEnd(16)} ${(statSync(path).size / 1e3 / ms).toFixed(0).padStart(6)} MB/s${more}`);
}

function plainly(path: string): void {
  const bytes = Buffer.alloc(2_097_152);
  const descriptor = openSync(path, 'r');
  while (readSync(descriptor, bytes, 0, bytes.length, null) > 0);
  closeSync(descriptor);
}

function parse(): void {
  const started = performance.now();
  const reader = readRdb(createByteWindow(fileSource(file), true));
  let records = 0;
  let step = reader.next();
  for (; step.done !== true; step = reader.next()) records += 1;
  const more = `, ${records} records, checksum ${step.value.checksum}, ${memory()}`;
  report('parse', file, performance.now() - started, more);
}

async function audit(): Promise<void> {
  const known = loadKnowledge([]);
  const knowledge: AuditKnowledge = {
    rules: createRuleMatcher(known.rules),
    campaigns: known.campaigns,
    learnt: createLearntIndex([]),
    vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
  };
  const started = performance.now();
  const { counts, axes } = await auditFiles(file, knowledge, { clock: systemClock });
  const more = `, ${counts.keysSeen} keys, ${counts.valuesRead} judged, infected ${axes.infected.answer}, ${memory()}`;
  report('audit', file, performance.now() - started, more);
}

function memory(): string {
  return `${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB of memory`;
}

/** What one real server has saved, its keys again and again until the file is as long as wanted. */
async function build(path: string, bytes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-bench-'));
  const redis = await startRedis('--dir', folder);
  for (let round = 0; round < 40; round++) {
    const pipeline = redis.client.pipeline();
    for (let at = 0; at < 1_000; at++) fill(pipeline, round * 1_000 + at);
    await pipeline.exec();
  }
  await redis.client.save();
  await redis.stop();
  const sample = readFileSync(join(folder, 'dump.rdb'));
  rmSync(folder, { recursive: true, force: true });
  const reader = readRdb(createByteWindow(bufferSource(sample), false));
  let from = 0;
  for (const record of reader) {
    if (record.kind !== 'entry') continue;
    from = record.offset;
    break;
  }
  const body = sample.subarray(from, -9);
  const descriptor = openSync(path, 'w');
  let sum = 0n;
  const put = (part: Buffer): void => {
    sum = crc64(part, sum);
    writeSync(descriptor, part);
  };
  put(sample.subarray(0, from));
  for (let left = bytes - from; left > 0; left -= body.length) put(body);
  put(Buffer.from([255]));
  const end = Buffer.alloc(8);
  end.writeBigUInt64LE(sum);
  writeSync(descriptor, end);
  closeSync(descriptor);
}

type Pipeline = ReturnType<Awaited<ReturnType<typeof startRedis>>['client']['pipeline']>;

function fill(pipeline: Pipeline, at: number): void {
  const record = {
    id: at,
    name: `user ${at}`,
    visits: at * 7,
    tags: ['a', `t${at % 97}`],
    at: 1_760_000_000 + at,
  };
  switch (at % 8) {
    case 0:
      pipeline.set(`counter:${at}`, String(at * 7_919));
      break;
    case 1:
      pipeline.set(`session:${at}`, JSON.stringify({ ...record, csrf: pseudo(at, 40) }), 'EX', 100_000);
      break;
    case 2:
      pipeline.hset(`user:${at}`, { ...record, tags: 'x,y', address: `${at} Main Street` });
      break;
    case 3:
      pipeline.rpush(`queue:${at % 500}`, JSON.stringify(record), JSON.stringify({ job: at }));
      break;
    case 4:
      pipeline.sadd(`set:${at % 200}`, `member ${at}`, String(at));
      break;
    case 5:
      pipeline.zadd(`rank:${at % 100}`, at, `player ${at}`);
      break;
    case 6:
      pipeline.set(
        `page:${at}`,
        `<html>${`<p>The quick brown fox number ${at} jumps.</p>`.repeat(60)}</html>`,
      );
      break;
    default:
      pipeline.set(`blob:${at}`, pseudo(at, 3_000));
  }
}

/** Bytes that do not pack: as pictures and compressed data are. */
function pseudo(seed: number, length: number): string {
  let state = seed * 2_654_435_761;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    text += state.toString(36);
  }
  return text.slice(0, length);
}
