import { existsSync } from 'node:fs';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { createLearntIndex } from '../../audit/infection/learnt.ts';
import { loadVulnerabilities } from '../../audit/vulnerable/vulnerability-data.ts';
import { createRuleMatcher } from '../../detect/rule-matcher.ts';
import { packagedText } from '../../platform/files.ts';
import { journalFolder } from '../data-folder.ts';
import type { Observation } from '../history.ts';
import { replay, startObservation } from '../history.ts';
import { loadKnowledge } from '../knowledge.ts';
import type { Terminal } from '../terminal.ts';

/** What an audit knows: the rules, the campaigns, and what this installation's own sensors learnt. */
export async function auditKnowledge(
  options: {
    readonly data: string;
    readonly rules: readonly string[];
    /** False: the servers are judged without what the sensors learnt. */
    readonly judgeBySensors: boolean;
    /** The history of the sensors is wanted all the same. */
    readonly needHistory?: boolean;
  },
  terminal: Terminal,
): Promise<{ knowledge: AuditKnowledge; observation: Observation }> {
  const known = loadKnowledge(options.rules);
  const observation = startObservation(known);
  if ((options.judgeBySensors || options.needHistory === true) && existsSync(journalFolder(options.data))) {
    await replay(options.data, observation, terminal);
  }
  const indicators = options.judgeBySensors ? observation.ledger.indicators() : [];
  return {
    observation,
    knowledge: {
      rules: createRuleMatcher(known.rules),
      campaigns: known.campaigns,
      learnt: createLearntIndex(indicators),
      vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
    },
  };
}
