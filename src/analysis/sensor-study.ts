import type { SensorStudy } from '../model/study.ts';
import type { SessionRecord } from './session-record.ts';
import { isAttack, isFromWebLog } from './session-record.ts';
import { webStudy } from './web-study.ts';

/** What the sensors met in a span of time, from the sessions that opened in it; what logs of web servers tell is apart. */
export function sensorStudy(
  records: Iterable<SessionRecord>,
  titles: ReadonlyMap<string, string>,
  since: number,
  until: number,
): SensorStudy {
  const sources = new Set<string>();
  const attackers = new Set<string>();
  const techniques = tally();
  const rules = tally();
  let [sessions, attacks] = [0, 0];
  const inSpan = [...records].filter(({ session }) => session.opened >= since && session.opened < until);
  for (const { session } of inSpan) {
    if (isFromWebLog(session)) continue;
    sessions++;
    sources.add(session.peer.address);
    if (!isAttack(session)) continue;
    attacks++;
    attackers.add(session.peer.address);
    for (const technique of session.techniques) techniques.add(technique, session.peer.address);
    for (const rule of session.rules) rules.add(rule, session.peer.address);
  }
  return {
    since,
    until,
    sources: sources.size,
    sessions,
    attacks,
    attackers: attackers.size,
    techniques: techniques.rows().map(({ name, ...counts }) => ({ technique: name, ...counts })),
    rules: rules
      .rows()
      .map(({ name, ...counts }) => ({ rule: name, title: titles.get(name) ?? name, ...counts })),
    web: webStudy(inSpan, (session) => !isFromWebLog(session)),
    webLogs: webStudy(inSpan, isFromWebLog),
  };
}

interface Row {
  readonly name: string;
  readonly attacks: number;
  readonly sources: number;
}

/** Counts attacks and their different sources by name; the most frequent first. */
function tally(): { add(name: string, source: string): void; rows(): Row[] } {
  const counts = new Map<string, { attacks: number; sources: Set<string> }>();
  return {
    add: (name, source) => {
      const row = counts.get(name) ?? { attacks: 0, sources: new Set<string>() };
      row.attacks++;
      row.sources.add(source);
      counts.set(name, row);
    },
    rows: () =>
      [...counts]
        .map(([name, { attacks, sources }]) => ({ name, attacks, sources: sources.size }))
        .toSorted((a, b) => b.attacks - a.attacks || (a.name < b.name ? -1 : 1)),
  };
}
