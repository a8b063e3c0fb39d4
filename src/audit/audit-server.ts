import type { LookupFunction } from 'node:net';
import type { CampaignMatcher } from '../detect/campaigns.ts';
import type { RuleMatcher } from '../detect/rule-matcher.ts';
import type { AuditDepth, AuditReport } from '../model/audit-report.ts';
import { depthRank } from '../model/audit-report.ts';
import type { Clock } from '../platform/clock.ts';
import type { AuditConnection } from './ask/connection.ts';
import { openConnection } from './ask/connection.ts';
import { ConversationEnded } from './ask/conversation-ended.ts';
import { gatherFacts } from './ask/gather-facts.ts';
import { greet } from './ask/greet.ts';
import type { AuditTarget } from './ask/target.ts';
import { emptyReport } from './empty-report.ts';
import { fullReport } from './full-report.ts';
import type { LearntIndex } from './infection/learnt.ts';
import { createInquiry } from './inquiry.ts';
import type { AuditLimits } from './limits.ts';
import { DEFAULT_AUDIT_LIMITS } from './limits.ts';
import type { ServerFacts } from './server-facts.ts';
import type { VulnerabilityData } from './vulnerable/vulnerability-data.ts';
import { walkData } from './walk/walk-data.ts';

/** What an audit knows before it asks. */
export interface AuditKnowledge {
  readonly rules: Pick<RuleMatcher, 'match'>;
  readonly campaigns: CampaignMatcher;
  readonly learnt: LearntIndex;
  readonly vulnerabilities: VulnerabilityData;
}

export interface AuditOptions {
  readonly clock: Clock;
  readonly limits?: Partial<AuditLimits>;
  /** How deep to look; L4 unless told. L5 is for dumps: of a server it is the same as L4. */
  readonly depth?: AuditDepth | undefined;
  readonly signal?: AbortSignal;
  /** Resolves the name of the target; the resolver of the machine otherwise. */
  readonly lookup?: LookupFunction;
  /** Send the password also to a server whose certificate cannot be verified. */
  readonly insecure?: boolean;
}

/**
 * Audits one server, read-only, over one connection. Whatever the target does becomes a report; a rejection is a fault
 * of ours.
 */
export async function auditServer(
  target: AuditTarget,
  knowledge: AuditKnowledge,
  options: AuditOptions,
): Promise<AuditReport> {
  const { clock, signal, lookup, insecure, depth = 'L4' } = options;
  const asked = { ...DEFAULT_AUDIT_LIMITS, ...options.limits };
  const limits = { ...asked, connectMs: Math.min(asked.connectMs, asked.deadlineMs) };
  const time = clock.now();
  const started = clock.monotonic();
  let connection: AuditConnection | undefined;
  let facts: ServerFacts | undefined;
  let ended: ConversationEnded | undefined;
  let notes: readonly string[] = [];
  const inquiry = createInquiry(knowledge);
  try {
    connection = await openConnection(target, limits, { signal, lookup });
    const greeting = await greet(connection, target, limits, { signal, lookup, insecure });
    notes = greeting.notes;
    facts = await gatherFacts(connection, target, greeting, depth);
    inquiry.server(facts);
    await walkData(connection, facts, inquiry.knownNames, limits, depth, inquiry.walk, inquiry.value);
  } catch (error) {
    if (!(error instanceof ConversationEnded)) throw error;
    ended = error;
  } finally {
    await connection?.close();
  }
  const sent = Object.fromEntries(connection?.sent ?? []);
  const ms = Math.round(clock.monotonic() - started);
  if (facts === undefined) {
    return emptyReport(target.text, ended?.outcome ?? 'partial', ended?.message ?? '', time, ms, sent, depth);
  }
  return fullReport({ facts, inquiry, knowledge, limits, depth, notes, ended, time, ms, sent });
}
