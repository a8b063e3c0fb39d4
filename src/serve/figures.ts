import type { Ledger } from '../analysis/ledger.ts';
import { isAttack, isFromWebLog } from '../analysis/session-record.ts';
import type { SensorStudy } from '../model/study.ts';
import type { Figure, OverviewAnswer } from './answers.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';

const HOUR = 3_600_000;
const HOURS = 24;
/** The span of the headline figures, milliseconds. */
export const DAY = HOURS * HOUR;

/** The headline figures, of what sensors met; `study` is that of the day from `since` on. */
export function headlineFigures(
  ledger: Ledger,
  snapshot: LedgerSnapshot,
  study: SensorStudy,
  since: number,
): OverviewAnswer['figures'] {
  const before = ledger.study(since - DAY, since);
  const sessions = snapshot.sessions().filter((session) => session.opened >= since && !isFromWebLog(session));
  const findings = snapshot.findings();
  const today = findings.filter(({ time }) => time >= since).map(({ time }) => time);
  const yesterday = findings.filter(({ time }) => time >= since - DAY && time < since).length;
  const perHour = (times: readonly number[]): number[] => hourly(times, since);
  return {
    sources: figure(study.sources, before.sources, sourcesPerHour(sessions, since)),
    sessions: figure(study.sessions, before.sessions, perHour(sessions.map(({ opened }) => opened))),
    attacks: figure(
      study.attacks,
      before.attacks,
      perHour(sessions.filter(isAttack).map(({ opened }) => opened)),
    ),
    findings: figure(today.length, yesterday, perHour(today)),
  };
}

function figure(count: number, before: number, hours: readonly number[]): Figure {
  return { count, before, hours };
}

/** How many different addresses opened a session in each hour. */
function sourcesPerHour(
  sessions: readonly { readonly opened: number; readonly peer: { readonly address: string } }[],
  since: number,
): number[] {
  const addresses = Array.from({ length: HOURS }, () => new Set<string>());
  for (const { opened, peer } of sessions) addresses[hourOf(opened, since)]?.add(peer.address);
  return addresses.map(({ size }) => size);
}

function hourly(times: readonly number[], since: number): number[] {
  const hours = Array.from({ length: HOURS }, () => 0);
  for (const time of times) {
    const hour = hourOf(time, since);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}

function hourOf(time: number, since: number): number {
  return Math.min(Math.max(Math.floor((time - since) / HOUR), 0), HOURS - 1);
}
