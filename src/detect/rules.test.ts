import { describe, expect, test } from 'vitest';
import { loadRules } from './rules.ts';

const PATTERN = `pattern: marked
why: A word for tests.
re: 'mark[0-9]'
contains: [mark]
examples: { match: [mark1], miss: [mark] }
`;
const RULE = `id: test.rule
title: A rule for tests
severity: high
stage: access
attack: [T1190]
why: Because a test needs a rule.
advice: Do nothing, it is a test.
any:
  - act: redis.value
    where: { value: { like: marked } }
examples:
  match:
    - shows: the mark
      acts: [{ redis.value: { value: mark1 } }]
  miss:
    - shows: no mark
      acts: [{ redis.value: { value: none } }]
`;

const load = (rule: string, pattern = PATTERN) =>
  loadRules([
    { path: 'patterns/marked.yaml', text: pattern },
    { path: 'rule.yaml', text: rule },
  ]);

describe('the loader of rules', () => {
  test('takes a rule that passes its examples', () => {
    const { rules, patterns, faults } = load(RULE);

    expect(faults).toEqual([]);
    expect(rules.map(({ rule }) => [rule.id, rule.axis, rule.references])).toEqual([
      ['test.rule', 'infected', []],
    ]);
    expect([...patterns.keys()]).toEqual(['marked']);
  });

  test.for<[string, string, string, string, RegExp]>([
    ['an unknown field', 'severity: high', 'severety: high', 'line 3 (severety)', /unknown field 'severety'/],
    ['a missing field', 'severity: high\n', '', 'line 1 (severity)', /severity|expected one of/i],
    [
      'a severity that does not exist',
      'severity: high',
      'severity: huge',
      'line 3 (severity)',
      /expected one of/,
    ],
    ['an ATT&CK id that is none', 'T1190', 'attack', 'line 5 (attack.0)', /ATT&CK id/],
    [
      'an act that does not exist',
      'act: redis.value',
      'act: redis.valve',
      'line 9 (any.0.act)',
      /expected one of/,
    ],
    [
      'a field that the act has not',
      'where: { value',
      'where: { body',
      'line 9 (any.0)',
      /no field 'body'; it has/,
    ],
    [
      'an unknown condition',
      'like: marked',
      'looks: marked',
      'line 10 (any.0.where.value.looks)',
      /unknown field 'looks'/,
    ],
    ['an unknown pattern', 'like: marked', 'like: starred', 'line 9 (any.0)', /no pattern 'starred'/],
    ['an expression that is broken', 'like: marked', "re: '('", 'line 9 (any.0)', /missing closing/],
    ['an expression that RE2 does not know', 'like: marked', "re: '(?=a)'", 'line 9 (any.0)', /invalid/],
    ['a condition that asks for nothing', '{ like: marked }', '{}', 'line 10 (any.0.where.value)', /./],
    [
      'an example that should match',
      'value: mark1',
      'value: none',
      'line 13 (examples.match.0)',
      /should match, but does not/,
    ],
    [
      'an example that should not match',
      'value: none',
      'value: mark7',
      'line 16 (examples.miss.0)',
      /should not match, but does/,
    ],
    [
      'an example with an unknown field',
      'value: none',
      'body: none',
      'line 16 (examples.miss.0)',
      /no field 'body'/,
    ],
    [
      'an example with a wrong value',
      'value: none',
      'kind: pile',
      'line 16 (examples.miss.0)',
      /is no redis\.value/,
    ],
    [
      'no example that misses',
      '  miss:\n    - shows: no mark\n      acts: [{ redis.value: { value: none } }]\n',
      '  miss: []\n',
      'line 15 (examples.miss)',
      /./,
    ],
    ['two forms at once', 'any:', 'within: 5m\nany:', 'line 1', /within/],
    ['broken YAML', 'title: A rule', 'title: [A rule', 'line 3', /./],
    ['a key twice', 'severity: high', 'severity: high\nseverity: low', 'line 4', /unique/],
    ['an alias', 'attack: [T1190]', 'attack: &a [T1190]\nreferences: *a', 'line 6', /uses the alias \*a/],
    ['two documents', 'examples:', '---\nexamples:', 'line 11', /multiple documents/],
  ])('says of %s where it is and what to do', ([, from, to, where, message]) => {
    const { rules, faults } = load(RULE.replace(from, to));

    expect(rules).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ path: 'rule.yaml', where });
    expect(faults[0]?.message).toMatch(message);
    expect(faults[0]?.remedy).toMatch(/^[A-Z'd].{9,}/);
  });

  test.for<[string, string, string, string, RegExp]>([
    ['an unknown field', 'why:', 'way:', 'line 2 (way)', /unknown field 'way'/],
    ['a back-reference', "'mark[0-9]'", "'(m)\\1'", 'line 3 (re)', /./],
    ['an example it misses', '[mark1]', '[mark]', 'line 5 (examples.match.0)', /should match, but does not/],
    [
      'an example it should miss',
      'miss: [mark]',
      'miss: [mark2]',
      'line 5 (examples.miss.0)',
      /should not match/,
    ],
    [
      'an example without one of the literals',
      '[mark1]',
      '[MARK1, xark1]',
      'line 5 (examples.match.1)',
      /should match/,
    ],
  ])('says of a pattern with %s the same, and leaves its rules out', ([, from, to, where, message]) => {
    const { rules, faults } = load(RULE, PATTERN.replace(from, to));
    const [fault] = faults;

    expect(rules).toEqual([]);
    expect(fault).toMatchObject({ path: 'patterns/marked.yaml', where });
    expect(fault?.message).toMatch(message);
  });

  test('takes the first of two rules with one id and names both files', () => {
    const { rules, faults } = loadRules([
      { path: 'patterns/marked.yaml', text: PATTERN },
      { path: 'a.yaml', text: RULE },
      { path: 'b.yaml', text: RULE },
    ]);

    expect(rules).toHaveLength(1);
    expect(faults).toMatchObject([{ path: 'b.yaml', where: 'line 1 (id)' }]);
    expect(faults[0]?.message).toContain('a.yaml');
  });

  test('takes the first of two patterns with one name: a rule must not change by a file beside it', () => {
    const { faults } = loadRules([
      { path: 'a.yaml', text: PATTERN },
      { path: 'b.yaml', text: PATTERN },
    ]);

    expect(faults).toMatchObject([{ path: 'b.yaml', where: 'line 1 (pattern)' }]);
  });

  test('loads the good files beside a bad one', () => {
    const { rules, faults } = loadRules([
      { path: 'bad.yaml', text: '- not a rule' },
      { path: 'empty.yaml', text: '' },
      { path: 'patterns/marked.yaml', text: PATTERN },
      { path: 'large.yaml', text: `# ${'x'.repeat(300_000)}` },
      { path: 'good.yaml', text: RULE },
    ]);

    expect(rules).toHaveLength(1);
    expect(faults.map(({ path }) => path).toSorted()).toEqual(['bad.yaml', 'empty.yaml', 'large.yaml']);
  });

  test('reads bytes that are no text in an example', () => {
    const rule = RULE.replace('like: marked', "re: '^\\x80'").replace('value: mark1', 'value: !!binary gIE=');

    expect(load(rule).faults).toEqual([]);
  });
});
