import type { AuditReport, Outcome } from '../model/audit-report.ts';
import type { ServerStudy } from '../model/study.ts';
import { shareOf } from './share.ts';

/** Outcomes that only a Redis gives. */
const SPOKE_REDIS: ReadonlySet<Outcome> = new Set([
  'audited',
  'partial',
  'auth-required',
  'protected',
  'busy',
]);

/** The check that tells a decoy from a server (src/audit). */
export const DECOY = 'audit.misconfigured.likely-honeypot';

/** The table of the 2018 study over audit reports. Shares are of the servers that responded, as they were then. */
export function serverStudy(reports: Iterable<AuditReport>): ServerStudy {
  let [asked, decoys, responded, looked, keys, values, infected] = [0, 0, 0, 0, 0, 0, 0];
  const outcomes: Record<string, number> = {};
  const campaigns = new Map<string, { title: string; count: number }>();
  for (const report of reports) {
    // One that was stopped before it said a word did neither respond nor refuse: it was not asked.
    if (report.outcome === 'partial' && report.server === undefined) continue;
    asked++;
    outcomes[report.outcome] = (outcomes[report.outcome] ?? 0) + 1;
    if (!SPOKE_REDIS.has(report.outcome)) continue;
    if (report.findings.some(({ rule }) => rule === DECOY)) {
      decoys++;
      continue;
    }
    responded++;
    if (report.outcome === 'audited' || report.outcome === 'partial') looked++;
    if (report.counts.maliciousKeys > 0) keys++;
    if (report.counts.maliciousValues > 0) values++;
    if (report.axes.infected.answer === 'yes') infected++;
    for (const { id, title } of new Map(report.campaigns.map((one) => [one.id, one])).values()) {
      campaigns.set(id, { title, count: (campaigns.get(id)?.count ?? 0) + 1 });
    }
  }
  return {
    asked,
    decoys,
    responded,
    looked,
    maliciousKeys: shareOf(keys, responded),
    maliciousValues: shareOf(values, responded),
    infected: shareOf(infected, responded),
    outcomes,
    campaigns: [...campaigns]
      .map(([id, { title, count }]) => ({ id, title, servers: shareOf(count, responded) }))
      .toSorted((a, b) => b.servers.count - a.servers.count || (a.id < b.id ? -1 : 1)),
  };
}
