import type { Rule } from '../detect/rule.ts';
import type { ListView } from '../outputs/column.ts';
import { oneLine } from '../outputs/event-text.ts';

/** The list of rules; here and not in outputs/, which does not know what a rule is. */
export const ruleView: ListView<Rule> = {
  columns: [
    { name: 'id', title: 'RULE', cell: ({ id }) => id },
    { name: 'severity', title: 'SEVERITY', cell: ({ severity }) => severity },
    { name: 'stage', title: 'STAGE', cell: ({ stage }) => stage },
    { name: 'axis', title: 'AXIS', cell: ({ axis }) => axis },
    { name: 'title', title: 'TITLE', cell: ({ title }) => title },
    { name: 'attack', title: 'ATT&CK', cell: ({ attack }) => attack.join(' ') },
    { name: 'why', title: 'WHY', csvOnly: true, cell: ({ why }) => oneLine(why) },
    { name: 'advice', title: 'ADVICE', csvOnly: true, cell: ({ advice }) => oneLine(advice) },
  ],
};
