import type { Wanted } from '../../dump/piece.ts';
import { USUAL_WANTED } from '../../dump/piece.ts';
import type { AuditReport } from '../../model/audit-report.ts';
import { printableText } from '../../model/printable.ts';
import type { Clock } from '../../platform/clock.ts';
import { errorCode } from '../../platform/error-code.ts';
import { ConversationEnded } from '../ask/conversation-ended.ts';
import type { AuditKnowledge } from '../audit-server.ts';
import { badTargetReport } from '../bad-target.ts';
import { fullReport } from '../full-report.ts';
import { createInquiry } from '../inquiry.ts';
import { DEFAULT_AUDIT_LIMITS } from '../limits.ts';
import type { Subject } from '../subject.ts';
import { gatherFileFacts } from './gather-file-facts.ts';
import { judgeData } from './judge-data.ts';
import { subjectFiles } from './subject-files.ts';

export interface AuditFilesOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called every few MB. @param size undefined for a pipe. */
  readonly progress?: ((done: number, size: number | undefined) => void) | undefined;
  /** Bytes of all files that are read at most. */
  readonly maxBytes?: number | undefined;
  /** Bytes of values that are judged at most; a small value counts as about 200. */
  readonly valueBudget?: number | undefined;
  /** How much of a value is read. */
  readonly wanted?: Partial<Wanted> | undefined;
}

/**
 * Audits what a Redis leaves behind: a dump, an append-only file or folder, a redis.conf, an ACL file, or a folder with
 * any of these, which are then judged as one server. `-` is standard input. Whatever the files hold becomes a report.
 */
export async function auditFiles(
  path: string,
  knowledge: AuditKnowledge,
  options: AuditFilesOptions,
): Promise<AuditReport> {
  try {
    return await auditFound(path, knowledge, options);
  } catch (error) {
    // A file that is taken away while it is read.
    const code = errorCode(error);
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    return badTargetReport(
      path,
      `${printableText(path, 300)} cannot be read (${code}).`,
      options.clock.now(),
    );
  }
}

async function auditFound(
  path: string,
  knowledge: AuditKnowledge,
  options: AuditFilesOptions,
): Promise<AuditReport> {
  const { clock } = options;
  const time = clock.now();
  const started = clock.monotonic();
  const found = subjectFiles(path);
  if ('fault' in found) return badTargetReport(path, found.fault, time);
  const subject: Subject = {
    kind: found.kind,
    text: path === '-' ? 'standard input' : printableText(path, 300),
    host: '',
    port: 0,
    tls: false,
  };
  const wanted = { ...USUAL_WANTED, ...options.wanted };
  const inquiry = createInquiry(knowledge);
  const gathered = await gatherFileFacts(subject, found, options);
  inquiry.server(gathered.facts);
  const judged = await judgeData(gathered, inquiry, knowledge, wanted, options);
  const facts = {
    ...gathered.facts,
    files: gathered.files.map((file) => judged.files.get(file.path) ?? file),
    remarks: [...(gathered.facts.remarks ?? []), ...judged.remarks],
    ...(judged.history === undefined ? {} : { history: judged.history }),
  };
  return fullReport({
    facts,
    inquiry: { ...inquiry, ruleHits: () => [...inquiry.ruleHits(), ...judged.ruleHits()] },
    knowledge,
    limits: { ...DEFAULT_AUDIT_LIMITS, headBytes: wanted.headBytes, tailBytes: wanted.tailBytes },
    depth: 'L5',
    notes: [],
    ended: judged.ended === undefined ? undefined : new ConversationEnded('partial', judged.ended),
    time,
    ms: Math.round(clock.monotonic() - started),
    sent: {},
  });
}
