import { counts } from '../analysis/judge-report.ts';
import type { JudgedFinding, JudgedReport } from '../analysis/judged-report.ts';
import type { CheckOutcome } from '../model/audit-report.ts';
import { escaped } from './escaped.ts';
import type { FormatContext, ReportFormat } from './report-format.ts';

/**
 * JUnit XML: a suite a server, a case a check. Written as reports come: 72,000 servers are three million cases, more
 * than a document in memory could hold.
 */
export function junit(context: Pick<FormatContext, 'checks'>): ReportFormat {
  const titles = new Map(context.checks.map(({ id, title }) => [id, title]));
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="sundew audit">\n',
    add: (report) => suite(report, titles),
    end: () => '</testsuites>\n',
  };
}

function suite(report: JudgedReport, titles: ReadonlyMap<string, string>): string {
  const { target, ms, time, outcome, message = '', checks, findings } = report;
  const failing = findings.filter(({ severity }) => severity !== 'info');
  const owned = new Map(checks.map(({ id }) => [id, failing.filter((finding) => finding.check === id)]));
  const taken = new Set([...owned.values()].flat());
  // Rules of attacks have no check of their own: each is a case.
  const others = failing.filter((finding) => !taken.has(finding));
  const cases = [
    ...checks.map((check) => checkCase(check, titles.get(check.id) ?? check.id, owned.get(check.id) ?? [])),
    ...others.map((finding) => findingCase(finding)),
  ];
  if (outcome !== 'audited' && checks.length === 0) {
    cases.push({
      text: testcase(
        'audit',
        'The server can be audited',
        `<error message="${escaped(`${outcome}: ${message}`)}"/>`,
      ),
      kind: 'error',
    });
  }
  const of = (kind: Case['kind']): number => cases.filter((one) => one.kind === kind).length;
  const stamp = new Date(time).toISOString().slice(0, 19);
  return [
    `  <testsuite name="${escaped(target)}" tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}" time="${(ms / 1_000).toFixed(3)}" timestamp="${stamp}">\n`,
    ...cases.map(({ text }) => text),
    '  </testsuite>\n',
  ].join('');
}

interface Case {
  readonly text: string;
  readonly kind: 'pass' | 'failure' | 'error' | 'skipped';
}

function checkCase(
  { id, axis, result, because = '' }: CheckOutcome,
  title: string,
  findings: JudgedFinding[],
): Case {
  const counted = findings.filter(counts);
  if (counted.length > 0)
    return { kind: 'failure', text: testcase(`${axis}.${id}`, title, failures(counted)) };
  const excused = findings.map(excuse).join('; ');
  if (excused !== '') return { kind: 'skipped', text: testcase(`${axis}.${id}`, title, skipped(excused)) };
  if (result === 'not-tested')
    return { kind: 'skipped', text: testcase(`${axis}.${id}`, title, skipped(because)) };
  return { kind: 'pass', text: testcase(`${axis}.${id}`, title, '') };
}

function findingCase(finding: JudgedFinding): Case {
  const name = `${finding.axis}.${finding.rule}`;
  return counts(finding)
    ? { kind: 'failure', text: testcase(name, finding.title, failures([finding])) }
    : { kind: 'skipped', text: testcase(name, finding.title, skipped(excuse(finding))) };
}

function excuse({ title, accepted }: JudgedFinding): string {
  return accepted === undefined
    ? `known since the baseline: ${title}`
    : `accepted until ${accepted.expires} by ${accepted.by}: ${accepted.reason}`;
}

function testcase(className: string, name: string, inner: string): string {
  const open = `    <testcase classname="${escaped(className)}" name="${escaped(name)}"`;
  return inner === '' ? `${open}/>\n` : `${open}>${inner}</testcase>\n`;
}

/** A case fails once: JUnit's readers take no second failure. */
function failures(findings: readonly JudgedFinding[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  const text = findings
    .map(({ severity, title, rule, why, advice, evidence }) => {
      const places = evidence
        .slice(0, 8)
        .map(({ event, field, excerpt }) => `  ${event} ${field}: ${excerpt}`);
      return [`${severity}: ${title} [${rule}]`, why.trim(), ...places, 'Do:', advice.trim()].join('\n');
    })
    .join('\n\n');
  return `<failure type="${escaped(first.severity)}" message="${escaped(first.title)}">${escaped(text, 20_000)}</failure>`;
}

function skipped(because: string): string {
  return `<skipped message="${escaped(because)}"/>`;
}
