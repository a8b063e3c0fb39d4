import type { Severity, Stage, Technique } from '../model/severity.ts';

/** What a class of attacks means for the one who is attacked. */
interface ClassMeaning {
  readonly stage: Stage;
  readonly attack: readonly Technique[];
}

const EXPLOIT: ClassMeaning = { stage: 'access', attack: ['T1190'] };
const EXECUTION: ClassMeaning = { stage: 'execution', attack: ['T1190', 'T1059'] };

/** By tag of the rule, in CRS 3.3 and 4; MITRE ATT&CK says what the techniques are. */
const MEANINGS: Readonly<Record<string, ClassMeaning>> = {
  'attack-reputation-scanner': { stage: 'reconnaissance', attack: ['T1595.002'] },
  'attack-reputation-crawler': { stage: 'reconnaissance', attack: ['T1595.003'] },
  'attack-protocol': { stage: 'reconnaissance', attack: ['T1595'] },
  'attack-rce': EXECUTION,
  'attack-injection-php': EXECUTION,
  'attack-injection-java': EXECUTION,
  'attack-injection-nodejs': EXECUTION,
  'attack-injection-generic': EXECUTION,
};

export function meaningOf(attackClass: string): ClassMeaning {
  return MEANINGS[attackClass] ?? EXPLOIT;
}

/** The rule set's own scale, of which four degrees are in use. */
export function severityOf(crsSeverity: string): Severity {
  switch (crsSeverity) {
    case 'EMERGENCY':
    case 'ALERT':
    case 'CRITICAL':
      return 'high';
    case 'ERROR':
      return 'medium';
    case 'WARNING':
      return 'low';
    default:
      return 'info';
  }
}
