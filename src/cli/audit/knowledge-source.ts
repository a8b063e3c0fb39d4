import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { createLearntIndex } from '../../audit/infection/learnt.ts';
import { createRuleMatcher } from '../../detect/rule-matcher.ts';
import { loadKnowledge } from '../knowledge.ts';
import { readVulnerabilities } from '../vulnerability-file.ts';
import type { KnowledgeSource } from './worker-messages.ts';

/** What a worker knows; the same as the main thread, which has read all of it before. */
export function knowledgeFrom({ rules, indicators, cves }: KnowledgeSource): AuditKnowledge {
  const known = loadKnowledge(rules);
  return {
    rules: createRuleMatcher(known.rules),
    campaigns: known.campaigns,
    learnt: createLearntIndex(indicators),
    vulnerabilities: readVulnerabilities(cves),
  };
}
