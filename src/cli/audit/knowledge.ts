import { existsSync } from 'node:fs';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { createLearntIndex } from '../../audit/infection/learnt.ts';
import { createRuleMatcher } from '../../detect/rule-matcher.ts';
import type { Context } from '../context.ts';
import { dataFolder, journalFolder } from '../data-folder.ts';
import type { Observation } from '../history.ts';
import { replay, startObservation } from '../history.ts';
import { loadKnowledge } from '../knowledge.ts';
import type { Terminal } from '../terminal.ts';
import { readVulnerabilities } from '../vulnerability-file.ts';
import { indicatorsOf } from './indicator-files.ts';
import type { AuditOptions } from './options.ts';
import type { KnowledgeSource } from './worker-messages.ts';

/** What these options say an audit is to know. */
export function knowledgeFor(
  options: Pick<AuditOptions, 'data' | 'rules' | 'sensors' | 'indicators' | 'cves'>,
  { terminal, clock }: Pick<Context, 'terminal' | 'clock'>,
  needHistory = false,
): ReturnType<typeof auditKnowledge> {
  return auditKnowledge(
    {
      data: dataFolder(options.data),
      rules: options.rules,
      judgeBySensors: options.sensors,
      indicators: options.indicators,
      cves: options.cves,
      now: clock.now(),
      needHistory,
    },
    terminal,
  );
}

/** What an audit knows: the rules, the campaigns, and what this installation's own sensors learnt. */
export async function auditKnowledge(
  options: {
    readonly data: string;
    readonly rules: readonly string[];
    /** False: the servers are judged without what the sensors learnt. */
    readonly judgeBySensors: boolean;
    /** Files of indicators of others, `--indicators`; `now` dates those that say no time. */
    readonly indicators?: readonly string[];
    readonly now?: number;
    /** Vulnerability data of the operator's own, `--cves`. */
    readonly cves?: string | undefined;
    /** The history of the sensors is wanted all the same. */
    readonly needHistory?: boolean;
  },
  terminal: Terminal,
): Promise<{ knowledge: AuditKnowledge; source: KnowledgeSource; observation: Observation }> {
  const known = loadKnowledge(options.rules);
  const observation = startObservation(known);
  if ((options.judgeBySensors || options.needHistory === true) && existsSync(journalFolder(options.data))) {
    await replay(options.data, observation, terminal);
  }
  const learnt = options.judgeBySensors ? observation.ledger.indicators() : [];
  const told = indicatorsOf(options.indicators ?? [], options.now ?? 0, terminal);
  const indicators = [...learnt, ...told];
  return {
    observation,
    source: { rules: options.rules, indicators, cves: options.cves },
    knowledge: {
      rules: createRuleMatcher(known.rules),
      campaigns: known.campaigns,
      learnt: createLearntIndex(indicators),
      vulnerabilities: readVulnerabilities(options.cves),
    },
  };
}
