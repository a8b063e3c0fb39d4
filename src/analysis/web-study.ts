import type { WebStudy } from '../model/study.ts';
import type { WebClass } from '../model/web-attack.ts';
import { tellsScanner, WEB_CLASS_TITLES, webClassOf } from '../model/web-attack.ts';
import type { SessionRecord } from './session-record.ts';
import { isAttack } from './session-record.ts';
import { shareOf } from './share.ts';

/** The table of web attacks, of the visits that count; null when there was none. Redis counts wherever it was met. */
export function webStudy(
  records: readonly SessionRecord[],
  counts: (session: SessionRecord['session']) => boolean,
): WebStudy | null {
  const web = records.filter(({ session }) => session.protocol === 'http' && counts(session));
  if (web.length === 0) return null;
  const classes = new Map<WebClass, { requests: number; sources: Set<string> }>();
  for (const { session, web: seen } of web) {
    for (const [name, requests] of seen.classes) {
      const row = classes.get(name) ?? { requests: 0, sources: new Set<string>() };
      row.requests += requests;
      row.sources.add(session.peer.address);
      classes.set(name, row);
    }
  }
  const addresses = (wanted: (record: SessionRecord) => boolean, among = web): Set<string> =>
    new Set(among.filter(wanted).map(({ session }) => session.peer.address));
  const attackers = addresses(({ web: { attacks } }) => attacks > 0);
  const redis = addresses(({ session }) => session.protocol === 'redis' && isAttack(session), [...records]);
  const sum = (of: 'requests' | 'attacks'): number =>
    web.reduce((total, record) => total + record.web[of], 0);
  return {
    requests: sum('requests'),
    attacks: sum('attacks'),
    attackers: attackers.size,
    classes: [...classes]
      .map(([name, { requests, sources }]) => ({
        class: name,
        title: WEB_CLASS_TITLES[name],
        requests,
        sources: sources.size,
      }))
      .toSorted((a, b) => b.requests - a.requests || (a.class < b.class ? -1 : 1)),
    alsoRedis: shareOf([...attackers].filter((address) => redis.has(address)).length, attackers.size),
    scanners: addresses(({ session }) => session.rules.some(tellsScanner)).size,
    miners: addresses(({ session }) => session.rules.some((rule) => webClassOf(rule) === 'mining')).size,
  };
}
