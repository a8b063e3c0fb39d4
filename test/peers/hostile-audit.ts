import { parseTarget } from '../../src/audit/ask/target.ts';
import type { AuditKnowledge, AuditOptions } from '../../src/audit/audit-server.ts';
import { auditServer } from '../../src/audit/audit-server.ts';
import type { AuditReport } from '../../src/model/audit-report.ts';
import { AuditReport as Schema } from '../../src/model/audit-report.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { testKnowledge } from './hostile-knowledge.ts';

/** Audits a target as a test asks, and holds every report to its schema and to the rule that all of it can be printed. */
export async function audit(
  text: string,
  options: Partial<AuditOptions> & { readonly knowledge?: AuditKnowledge } = {},
): Promise<AuditReport> {
  const target = parseTarget(text);
  if ('fault' in target) throw new Error(target.fault);
  const { knowledge = testKnowledge(), ...rest } = options;
  const report = await auditServer(target, knowledge, { clock: systemClock, ...rest });
  Schema.parse(report);
  // Advice may have lines; nothing may have any other control, format or private-use character.
  const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u.exec(texts(report).join('').replaceAll('\n', ''));
  if (unsafe !== null) throw new Error(`the report holds U+${unsafe[0].codePointAt(0)?.toString(16)}`);
  return report;
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...texts(inner)]);
}
