import type { CampaignMatcher } from '../../src/detect/campaigns.ts';
import type { Detector } from '../../src/detect/detector.ts';
import type { Rule } from '../../src/detect/rule.ts';
import type { Act } from '../../src/model/act.ts';
import type { Finding } from '../../src/model/finding.ts';

type Plain = Pick<Rule, 'id' | 'title' | 'severity' | 'stage' | 'attack' | 'why' | 'advice'> & {
  readonly holds: (act: Act) => string | undefined;
};

/** Two rules of the tests' own: what the page shows must not depend on the shipped ones. */
const RULES: readonly Plain[] = [
  {
    id: 'test.cron-value',
    title: 'A value that is a cron job',
    severity: 'critical',
    stage: 'persistence',
    attack: ['T1053.003', 'T1105'],
    why: 'The value has the form of a crontab line that downloads and runs a script.',
    advice: 'Look for the same line in the crontabs of your servers.',
    holds: (act) => (act.type === 'redis.value' && act.value.includes('* * *') ? act.value : undefined),
  },
  {
    id: 'test.directory',
    title: 'The dump goes to a system folder',
    severity: 'high',
    stage: 'tampering',
    attack: ['T1562.001'],
    why: 'The working directory was moved to where other programs read files.',
    advice: 'Set protected-configs, and look at the folder.',
    holds: (act) =>
      act.type === 'redis.setting' && act.name === 'dir' && act.value.startsWith('/') ? act.value : undefined,
  },
];

export function plainDetector(): Detector {
  const found = new Set<string>();
  return {
    observe: (event) => {
      const findings: Finding[] = [];
      const held: Rule[] = [];
      for (const { holds, ...rule } of RULES) {
        const excerpt = holds(event.act);
        if (excerpt === undefined) continue;
        held.push({ ...rule, axis: 'infected', references: [], examples: { match: [], miss: [] } });
        const id = `${rule.id}@${event.session}`;
        if (found.has(id)) continue;
        found.add(id);
        const { id: name, ...told } = rule;
        const { time, vantage, sensor, session, peer } = event;
        const evidence = [{ event: event.id, field: 'value', excerpt: excerpt.slice(0, 200) }];
        findings.push({
          ...told,
          id,
          rule: name,
          axis: 'infected',
          time,
          vantage,
          sensor,
          session,
          peer,
          evidence,
        });
      }
      return { held, findings };
    },
  };
}

/** Knows one campaign by one key name. */
export const plainCampaigns: CampaignMatcher = {
  keyNames: ['backup1'],
  signs: (act) =>
    act.type === 'redis.value' && act.key === 'backup1'
      ? [
          {
            campaign: 'test-worm',
            title: 'Test worm',
            sign: 'key',
            because: 'it writes the key backup1',
            strong: true,
          },
        ]
      : [],
  named: (signs) =>
    signs.slice(0, 1).map(({ campaign, title, because }) => ({ id: campaign, title, because })),
};
