import type { LookupFunction } from 'node:net';
import type { CampaignMatcher } from '../detect/campaigns.ts';
import type { RuleMatcher } from '../detect/rule-matcher.ts';
import type { AuditDepth, AuditReport } from '../model/audit-report.ts';
import { depthRank } from '../model/audit-report.ts';
import type { Clock } from '../platform/clock.ts';
import type { AuditConnection, Sending } from './ask/connection.ts';
import { openConnection } from './ask/connection.ts';
import { ConversationEnded } from './ask/conversation-ended.ts';
import { FIRST_QUESTIONS, gatherFacts } from './ask/gather-facts.ts';
import { greet } from './ask/greet.ts';
import type { AuditTarget } from './ask/target.ts';
import { emptyReport } from './empty-report.ts';
import { expiryNote, footprint } from './footprint/footprint.ts';
import type { Witness } from './footprint/witness.ts';
import { witnessed } from './footprint/witness.ts';
import { fullReport } from './full-report.ts';
import type { LearntIndex } from './infection/learnt.ts';
import { createInquiry } from './inquiry.ts';
import type { AuditLimits } from './limits.ts';
import { DEFAULT_AUDIT_LIMITS } from './limits.ts';
import { lockedReport } from './locked-report.ts';
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
  /**
   * For many servers: the greeting and the first questions leave at once, which saves round trips. One that wants a
   * password refuses them all.
   */
  readonly eager?: boolean;
  /** Send the password also to a server whose certificate cannot be verified. */
  readonly insecure?: boolean;
  /** Told of commands right before they leave, for the log of an audit. */
  readonly sending?: Sending | undefined;
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
  let witness: Witness | undefined;
  let facts: ServerFacts | undefined;
  let ended: ConversationEnded | undefined;
  let notes: readonly string[] = [];
  const inquiry = createInquiry(knowledge);
  try {
    connection = await openConnection(target, limits, { signal, lookup, sending: options.sending });
    witness = witnessed(connection);
    if (options.eager === true && depth !== 'L0') foresee(witness, target, depth);
    const greeting = await greet(witness, target, limits, { signal, lookup, insecure });
    notes = greeting.notes;
    facts = await gatherFacts(witness, target, greeting, depth);
    inquiry.server(facts);
    await walkData(witness, {
      facts,
      knownNames: inquiry.knownNames,
      limits,
      depth,
      clock,
      walk: inquiry.walk,
      isSuspect: inquiry.isSuspect,
      seen: inquiry.value,
    });
    if (depthRank(depth) >= depthRank('L2')) await witness.lookAgain();
  } catch (error) {
    if (!(error instanceof ConversationEnded)) throw error;
    ended = error;
  } finally {
    await connection?.close();
  }
  const sent = Object.fromEntries(connection?.sent ?? []);
  const ms = Math.round(clock.monotonic() - started);
  if (facts === undefined) {
    const { outcome = 'partial', message = '', bracket } = ended ?? {};
    const report = emptyReport(target.text, outcome, message, time, ms, sent, depth);
    return bracket === undefined ? report : lockedReport(report, bracket, knowledge.vulnerabilities);
  }
  const left = witness === undefined ? undefined : footprint(witness);
  const expiry = left === undefined ? undefined : expiryNote(left, facts.info);
  return fullReport({
    facts,
    inquiry,
    knowledge,
    limits,
    depth,
    notes: expiry === undefined ? notes : [...notes, expiry],
    ended,
    time,
    ms,
    sent,
    footprint: left,
  });
}

/** Not where a password has to come first, or where questions follow a refusal. */
function foresee(connection: AuditConnection, target: AuditTarget, depth: AuditDepth): void {
  if (target.password !== undefined || target.optIns?.bracket === true) return;
  connection.foresee([['PING'], ...FIRST_QUESTIONS, ...(depth === 'L1' ? [['QUIT']] : [])]);
}
