import { ownedBytes } from '../model/bytes.ts';
import type { Indicator } from '../model/indicator.ts';
import type { Candidate } from './candidates.ts';

/** Where and when a candidate was seen. */
export interface Sighting {
  readonly candidate: Candidate;
  readonly time: number;
  readonly session: string;
  readonly source: string;
}

interface Entry {
  readonly indicator: Indicator;
  readonly sessions: Set<string>;
  readonly sources: Set<string>;
}

export interface IndicatorStore {
  add(sighting: Sighting): void;
  all(): readonly Indicator[];
  readonly size: number;
}

/** Sessions and sources remembered behind one indicator (model/indicator.ts). */
const MOST_BEHIND = 100;
/** An attacker can write a new key a millisecond: beyond this many the least telling tenth is forgotten. */
const MOST_INDICATORS = 50_000;

export const indicatorKey = ({ kind, value }: { kind: string; value: string }): string => `${kind} ${value}`;

export function createIndicatorStore(most: number = MOST_INDICATORS): IndicatorStore {
  const entries = new Map<string, Entry>();
  return {
    add: (sighting) => {
      const key = indicatorKey(sighting.candidate);
      const entry = entries.get(key);
      if (entry !== undefined) merge(entry, sighting);
      else {
        if (entries.size >= most) forgetTenth(entries);
        entries.set(ownedBytes(key), newEntry(sighting));
      }
    },
    all: () =>
      [...entries.values()].map(({ indicator, sessions, sources }) => ({
        ...indicator,
        sessions: [...sessions],
        sources: [...sources],
      })),
    get size() {
      return entries.size;
    },
  };
}

function newEntry({ candidate, time, session, source }: Sighting): Entry {
  const { kind, value, sample, confidence } = candidate;
  return {
    indicator: {
      kind,
      value: ownedBytes(value),
      ...(sample === undefined ? {} : { sample }),
      firstSeen: time,
      lastSeen: time,
      sightings: 1,
      sessions: [],
      sources: [],
      rules: [],
      confidence,
    },
    sessions: new Set([session]),
    sources: new Set([source]),
  };
}

function merge(
  { indicator, sessions, sources }: Entry,
  { candidate, time, session, source }: Sighting,
): void {
  indicator.sightings++;
  indicator.firstSeen = Math.min(indicator.firstSeen, time);
  indicator.lastSeen = Math.max(indicator.lastSeen, time);
  indicator.confidence = Math.max(indicator.confidence, candidate.confidence);
  remember(sessions, session);
  remember(sources, source);
}

/** The newest last, the oldest forgotten first. */
function remember(set: Set<string>, item: string): void {
  set.delete(item);
  set.add(item);
  if (set.size <= MOST_BEHIND) return;
  for (const oldest of set) {
    set.delete(oldest);
    return;
  }
}

function forgetTenth(entries: Map<string, Entry>): void {
  const byWorth = [...entries].toSorted(
    ([, a], [, b]) =>
      a.indicator.confidence - b.indicator.confidence || a.indicator.lastSeen - b.indicator.lastSeen,
  );
  for (const [key] of byWorth.slice(0, Math.ceil(entries.size / 10))) entries.delete(key);
}
