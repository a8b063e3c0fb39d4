import { openConnection } from '../../src/audit/ask/connection.ts';
import { gatherFacts } from '../../src/audit/ask/gather-facts.ts';
import { greet } from '../../src/audit/ask/greet.ts';
import type { AuditTarget } from '../../src/audit/ask/target.ts';
import { parseTarget } from '../../src/audit/ask/target.ts';
import { DEFAULT_AUDIT_LIMITS } from '../../src/audit/limits.ts';
import type { ServerFacts } from '../../src/audit/server-facts.ts';
import type { AuditDepth } from '../../src/model/audit-report.ts';

export function targetOf(text: string, more: Partial<AuditTarget> = {}): AuditTarget {
  const target = parseTarget(text);
  if ('fault' in target) throw new Error(target.fault);
  return { ...target, ...more };
}

/** What an audit learns of a server before it walks through its data, and every command that took. */
export async function gathered(
  target: AuditTarget,
  depth: AuditDepth = 'L2',
): Promise<{ readonly facts: ServerFacts; readonly sent: ReadonlyMap<string, number> }> {
  const connection = await openConnection(target, DEFAULT_AUDIT_LIMITS, {});
  try {
    const greeting = await greet(connection, target, DEFAULT_AUDIT_LIMITS, {});
    return { facts: await gatherFacts(connection, target, greeting, depth), sent: connection.sent };
  } finally {
    await connection.close();
  }
}
