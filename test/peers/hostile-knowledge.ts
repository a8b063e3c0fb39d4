import type { AuditKnowledge } from '../../src/audit/audit-server.ts';
import { createLearntIndex } from '../../src/audit/infection/learnt.ts';
import { loadVulnerabilities } from '../../src/audit/vulnerable/vulnerability-data.ts';
import type { CampaignSign } from '../../src/detect/campaigns.ts';
import type { Rule } from '../../src/detect/rule.ts';
import type { RuleMatch } from '../../src/detect/rule-matcher.ts';
import type { Act } from '../../src/model/act.ts';
import type { Indicator } from '../../src/model/indicator.ts';
import { packagedText } from '../../src/platform/files.ts';

/** A rule for tests, with plain values for what is left out. */
function testRule(change: Partial<Rule> & Pick<Rule, 'id'>): Rule {
  return {
    title: `Test rule ${change.id}`,
    severity: 'high',
    stage: 'tampering',
    axis: 'infected',
    attack: ['T1190'],
    why: 'A rule that a test made up.',
    advice: 'Look at the test that made it up.',
    references: [],
    examples: { match: [], miss: [] },
    ...change,
  };
}

export type TestRule = readonly [Rule, (act: Act) => boolean];

const CRON = testRule({ id: 'test.cron', severity: 'critical', stage: 'execution' });
const SSH = testRule({ id: 'test.ssh-key', severity: 'high', stage: 'persistence' });
const DIR = testRule({ id: 'test.dir', severity: 'high' });
const SAVE = testRule({ id: 'test.save', severity: 'critical', stage: 'persistence' });
const MASTER = testRule({ id: 'test.master', severity: 'high' });
const MODULE = testRule({ id: 'test.module', severity: 'critical', stage: 'execution' });

/** Six rules that stand for the shipped ones, so that these tests do not change with them. */
const RULES: readonly TestRule[] = [
  [
    CRON,
    (act) =>
      act.type === 'redis.value' && /\*\/\d+ \* \* \* \* .*(curl|wget|cd1)/.test(act.value.slice(0, 2_048)),
  ],
  [
    SSH,
    (act) => act.type === 'redis.value' && /^\s*\n+ssh-(rsa|ed25519) AAAA/.test(act.value.slice(0, 2_048)),
  ],
  [
    DIR,
    (act) => act.type === 'redis.setting' && act.name === 'dir' && /cron|\.ssh/.test(act.value.slice(0, 256)),
  ],
  [SAVE, (act) => act.type === 'redis.save' && /cron|\.ssh/.test(act.dir.slice(0, 256))],
  [MASTER, (act) => act.type === 'redis.replica-of' && act.host !== null],
  [MODULE, (act) => act.type === 'redis.module' && act.name === 'system'],
];

/** What an audit knows, for tests: few rules, one campaign, and the indicators given. */
export function testKnowledge(
  indicators: readonly Indicator[] = [],
  rules: readonly TestRule[] = RULES,
): AuditKnowledge {
  const sign = (act: Act): CampaignSign[] =>
    act.type === 'redis.value' && act.value.includes('/b2f628/')
      ? [
          {
            campaign: 'pnscan-backup',
            title: 'Backup keys',
            sign: 'path',
            because: 'path: /b2f628/',
            strong: true,
          },
        ]
      : [];
  return {
    rules: {
      match: (act) =>
        rules.flatMap(([rule, holds]): RuleMatch[] =>
          holds(act) ? [{ rule, evidence: [{ field: 'value', excerpt: 'as the test says' }] }] : [],
        ),
    },
    campaigns: {
      keyNames: ['backup1', 'backup2', 'backup3', 'backup4', 'crackit'],
      signs: sign,
      named: (signs) =>
        signs
          .filter(({ strong }) => strong)
          .map(({ campaign, title, because }) => ({ id: campaign, title, because }))
          .slice(0, 1),
    },
    learnt: createLearntIndex(indicators),
    vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
  };
}

/** An indicator for tests. */
export function testIndicator(change: Pick<Indicator, 'kind' | 'value'> & Partial<Indicator>): Indicator {
  return {
    firstSeen: Date.UTC(2026, 10, 24, 9),
    lastSeen: Date.UTC(2026, 10, 24, 10),
    sightings: 1,
    sessions: ['s1'],
    sources: ['198.51.100.7'],
    rules: [],
    confidence: 0.9,
    ...change,
  };
}
