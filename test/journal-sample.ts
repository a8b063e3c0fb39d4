import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Journal, JournalOptions } from '../src/journal/journal.ts';
import { openJournal } from '../src/journal/journal.ts';
import type { Damage, JournalFilter } from '../src/journal/reader.ts';
import { readJournal } from '../src/journal/reader.ts';
import type { Act, ActOf } from '../src/model/act.ts';
import type { Event } from '../src/model/event.ts';
import type { SessionRecorder } from '../src/model/recorder.ts';
import { fixedClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';

/** A folder that goes when the test does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** 2026-01-01T00:00:00Z. */
export const START = 1_767_225_600_000;

/** A journal with a clock and a random of its own, closed when the test ends. */
export async function openSample(folder: string, options: Partial<JournalOptions> = {}): Promise<Journal> {
  const journal = await openJournal({
    folder,
    clock: fixedClock(START),
    random: seededRandom(7),
    fsync: 'never',
    ...options,
  });
  onTestFinished(() => journal.close());
  return journal;
}

export function visit(journal: Journal, address = '192.0.2.1', sensor = 'redis-6379'): SessionRecorder {
  return journal.open({ vantage: 'sensor', sensor, peer: { address, port: 50_000 } });
}

export function valueAct(value: string): ActOf<'redis.value'> {
  return { type: 'redis.value', db: 0, key: 'Backup1', kind: 'string', value };
}

/** What a sample's acts carry, to compare order and number. */
export function valuesOf(events: readonly Event[]): string[] {
  return events.map(({ act }: { act: Act }) => (act.type === 'redis.value' ? act.value : act.type));
}

export async function readAll(
  folder: string,
  filter: JournalFilter = {},
): Promise<{ events: Event[]; damage: Damage[] }> {
  const events: Event[] = [];
  const damage: Damage[] = [];
  for await (const batch of readJournal(folder, filter, (one) => damage.push(one))) events.push(...batch);
  return { events, damage };
}

export function numbers(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}
