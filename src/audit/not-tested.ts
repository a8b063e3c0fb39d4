import type { AuditLimits } from './limits.ts';
import type { ServerFacts } from './server-facts.ts';
import type { Judged } from './verdicts.ts';
import type { Walk } from './walk/walk-data.ts';

/** What was not looked at, and why: as much a result as what was found. */
export function notTested(
  facts: ServerFacts,
  walk: Walk,
  judged: readonly Judged[],
  limits: AuditLimits,
): string[] {
  return [
    ...judged.flatMap(({ result: { unseen = [], remarks = [], tooDeep } }) =>
      tooDeep === undefined ? [...unseen, ...remarks] : remarks,
    ),
    ...deeperChecks(judged),
    ...(facts.remarks ?? []),
    ...facts.refused.map((what) => `${what}: refused`),
    ...[...walk.refusals].map((what) => `${what}: refused`),
    ...coverage(walk, limits, facts),
    ...(facts.subject.db === undefined
      ? []
      : [`other databases than ${facts.subject.db}: the target names one`]),
  ];
}

/** One line for all of them; each check says it itself. */
function deeperChecks(judged: readonly Judged[]): string[] {
  const left = judged.flatMap(({ result }) => result.tooDeep ?? []);
  const [first] = left;
  if (first === undefined) return [];
  const count = Object.entries(Object.groupBy(left, ({ needs }) => needs))
    .map(([depth, those]) => `${those.length} ${depth}`)
    .toSorted((one, other) => (one.slice(-2) < other.slice(-2) ? -1 : 1))
    .join(', ');
  const are = left.length === 1 ? 'check that needs' : 'checks that need';
  return [`${left.length} ${are} a deeper look (${count}): asked was ${first.asked}`];
}

function coverage(walk: Walk, limits: AuditLimits, { subject, info }: ServerFacts): string[] {
  const lines: string[] = [];
  if (walk.closed > 0) lines.push(`${walk.closed} of its databases: the server did not let us in`);
  if (walk.left > 0)
    lines.push(
      `${walk.left} of its databases: one audit looks at ${limits.databases}; name one with /NUMBER`,
    );
  if (walk.stopped !== undefined)
    lines.push(`the rest of the data: the walk stopped, because ${walk.stopped}`);
  else if (!walk.finished && info === undefined && subject.kind !== 'server')
    lines.push('the data: no dump was given');
  else if (!walk.finished) lines.push('the rest of the data: the audit ended early');
  if (walk.untouched !== undefined) lines.push(`values: ${walk.untouched}`);
  if (!walk.complete && walk.names > 0) {
    lines.push(
      `key names: ${walk.names} of ${walk.total} were seen (the known bad names were asked for one by one in every database that was looked at)`,
    );
  }
  const unread = walk.total - walk.read - walk.skipped - walk.refused;
  if (walk.read > 0 && unread > 0) {
    const missed = mostMissed(walk.total, walk.read);
    lines.push(
      `values: ${walk.read} of ${walk.total} keys were read, ${limits.headBytes} bytes each, known and odd names first. Where none of a kind was found in these, up to ${missed} of all keys (${percent(missed / walk.total)}) may still hold one (95 %)`,
    );
  }
  if (walk.skipped > 0)
    lines.push(`values of ${walk.skipped} keys: of a module's type, or too large to ask for`);
  if (walk.refused > 0) lines.push(`values of ${walk.refused} keys: refused`);
  return lines;
}

/**
 * With none found in `read` of `total` keys, drawn without putting back: the most there may be, with 95 % certainty. For
 * large numbers it is the rule of three, 3 in `read`.
 */
export function mostMissed(total: number, read: number): number {
  if (read >= total) return 0;
  const bound = (total - (read - 1) / 2) * (1 - 0.05 ** (1 / read));
  return Math.min(total - read, Math.ceil(bound));
}

function percent(share: number): string {
  return `${(Math.min(1, share) * 100).toPrecision(2)} %`;
}
