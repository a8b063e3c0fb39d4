import type { AuditReport } from '../model/audit-report.ts';
import type { VersionBracket } from './ask/version-bracket.ts';
import { bracketRange } from './ask/version-bracket.ts';
import { affectingBracket } from './vulnerable/affecting-bracket.ts';
import type { VulnerabilityData } from './vulnerable/vulnerability-data.ts';

const MOST_NAMED = 5;

/**
 * The report of a server that keeps strangers out, with what it tells of its release all the same. No answer changes:
 * who built it, and what its flaws need, cannot be seen through a lock.
 */
export function lockedReport(
  report: AuditReport,
  bracket: VersionBracket,
  data: VulnerabilityData,
): AuditReport {
  const { certain, possible } = affectingBracket(data, bracket);
  const range = bracketRange(bracket);
  const named = certain.slice(0, MOST_NAMED).map(({ id }) => id);
  const examples =
    named.length === 0 ? '' : ` (${named.join(', ')}${certain.length > MOST_NAMED ? ', ...' : ''})`;
  return {
    ...report,
    server: {
      engine: bracket.engine ?? 'redis or valkey',
      version: range,
      os: '',
      role: '',
      runId: '',
      keys: 0,
    },
    notTested: [
      ...report.notTested,
      `which known flaws it has: every release ${range} has ${certain.length}${examples}, some have ${possible.length} more; a backport, and what they need, cannot be seen through a lock`,
    ],
  };
}
