import type { AuditKnowledge } from '../../src/audit/audit-server.ts';
import { createLearntIndex } from '../../src/audit/infection/learnt.ts';
import { loadVulnerabilities } from '../../src/audit/vulnerable/vulnerability-data.ts';
import { loadKnowledge } from '../../src/cli/knowledge.ts';
import { createRuleMatcher } from '../../src/detect/rule-matcher.ts';
import { packagedText } from '../../src/platform/files.ts';

/** What an audit knows where no sensor has learnt anything: rules, campaigns and vulnerabilities as they are shipped. */
export function shippedKnowledge(): AuditKnowledge {
  const { rules, campaigns } = loadKnowledge();
  return {
    rules: createRuleMatcher(rules),
    campaigns,
    learnt: createLearntIndex([]),
    vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
  };
}
