import { describe, expect, test } from 'vitest';
import type { Act } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import { createDetector } from './detector.ts';
import { createRuleMatcher } from './rule-matcher.ts';
import { loadRules } from './rules.ts';

const head = (id: string): string => `id: test.${id}
title: A rule for tests
severity: high
stage: access
attack: [T1190]
why: Because a test needs a rule.
advice: Do nothing, it is a test.
`;
const STEPS = `${head('steps')}steps:
  - act: redis.command
    where: { name: a }
  - act: redis.command
    where: { name: b }
  - act: redis.command
    where: { name: c }
within: 10m
examples:
  match: [{ shows: in order, acts: [{ redis.command: { name: a } }, { redis.command: { name: b } }, { redis.command: { name: c } }] }]
  miss: [{ shows: not all, acts: [{ redis.command: { name: a } }] }]
`;
const RATE = `${head('rate')}rate:
  act: redis.login
  where: { accepted: false }
  count: 3
within: 1m
examples:
  match: [{ shows: three, acts: [{ redis.login: null }, { redis.login: null }, { redis.login: null }] }]
  miss: [{ shows: two, acts: [{ redis.login: null }, { redis.login: null }] }]
`;
const ANY = `${head('any')}any:
  - act: redis.value
    where: { value: { contains: bad } }
  - act: redis.setting
    where: { name: dir, value: /bad }
examples:
  match: [{ shows: a value, acts: [{ redis.value: { value: bad } }] }]
  miss: [{ shows: another, acts: [{ redis.value: { value: good } }] }]
`;
const loaded = loadRules([STEPS, RATE, ANY].map((text, at) => ({ path: `${at}.yaml`, text })));

const command = (name: string): Act => ({ type: 'redis.command', name, args: [], db: 0, reply: 'ok' });
const guess: Act = { type: 'redis.login', user: 'default', password: 'x', accepted: false };
const value = (text: string): Act => ({ type: 'redis.value', db: 0, key: 'k', kind: 'string', value: text });
const closed: Act = {
  type: 'session.closed',
  reason: 'visitor',
  commands: 1,
  bytesIn: 1,
  bytesOut: 1,
  ms: 1,
};

let serial = 0;
function event(act: Act, seconds = 0, session = 's'): Event {
  serial += 1;
  return {
    id: `e-${serial}`,
    time: seconds * 1_000,
    vantage: 'sensor',
    sensor: 'redis',
    session,
    peer: { address: '198.51.100.7', port: 40_000 },
    act,
  };
}

/** The seconds at which the named rule made a finding. */
function found(rule: string, acts: readonly (readonly [number, Act])[]): number[] {
  const detector = createDetector(loaded.rules);
  return acts.flatMap(([seconds, act]) =>
    detector.observe(event(act, seconds)).findings.some((finding) => finding.rule === rule) ? [seconds] : [],
  );
}

describe('the detector', () => {
  test('has rules to work with', () => {
    expect(loaded.faults).toEqual([]);
    expect(loaded.rules).toHaveLength(3);
  });

  test('makes a finding with what it rests on', () => {
    const bad = event(value('a bad\u001b[31m value'));

    const { findings, held } = createDetector(loaded.rules).observe(bad);

    expect(findings).toMatchObject([
      {
        id: 'test.any@s',
        rule: 'test.any',
        session: 's',
        peer: bad.peer,
        evidence: [{ event: bad.id, field: 'value' }],
      },
    ]);
    expect(findings[0]?.evidence[0]?.excerpt).toContain('\\x1b[31m');
    expect(held).toHaveLength(1);
  });

  test('makes one finding a session and rule, and goes on saying what held', () => {
    const detector = createDetector(loaded.rules);
    const [first, again, other] = [
      event(value('bad')),
      event({ type: 'redis.setting', name: 'dir', value: '/bad', accepted: true }),
      event(value('bad'), 0, 'other'),
    ].map((one) => detector.observe(one));

    expect([first, again, other].map((one) => one?.findings.length)).toEqual([1, 0, 1]);
    expect([first, again, other].map((one) => one?.held.length)).toEqual([1, 1, 1]);
  });

  test('says nothing of acts that no rule waits for', () => {
    expect(createDetector(loaded.rules).observe(event(closed))).toEqual({ held: [], findings: [] });
  });

  test('forgets the session that has been silent longest', () => {
    const detector = createDetector(loaded.rules);
    detector.observe(event(value('bad'), 0, 'old'));
    detector.observe(event(value('bad'), 0, 'kept'));
    for (let at = 0; at < 19_999; at++) {
      if (at === 10_000) detector.observe(event(value('bad'), 0, 'kept'));
      detector.observe(event(value('bad'), 0, `s${at}`));
    }

    expect(detector.observe(event(value('bad'), 0, 'kept')).findings).toHaveLength(0);
    expect(detector.observe(event(value('bad'), 0, 'old')).findings).toHaveLength(1);
  });
});

describe('steps', () => {
  test('hold in their order, with other acts between them', () => {
    const acts = ['a', 'x', 'b', 'a', 'c'].map((name, at) => [at, command(name)] as const);

    expect(found('test.steps', acts)).toEqual([4]);
  });

  test('hold at the third step with the evidence of all', () => {
    const detector = createDetector(loaded.rules);
    const events = ['a', 'b', 'c'].map((name) => event(command(name)));

    const findings = events.flatMap((one) => detector.observe(one).findings);

    expect(findings.map(({ evidence }) => evidence.map((one) => one.event))).toEqual([
      events.map(({ id }) => id),
    ]);
  });

  test.for<[string, readonly string[]]>([
    ['in another order', ['c', 'b', 'a']],
    ['with one left out', ['a', 'c', 'c']],
    ['begun in the middle', ['b', 'c']],
  ])('do not hold %s', ([, names]) => {
    expect(
      found(
        'test.steps',
        names.map((name, at) => [at, command(name)]),
      ),
    ).toEqual([]);
  });

  test('do not hold when they take longer than their span, and do from a later first step', () => {
    expect(
      found('test.steps', [
        [0, command('a')],
        [1, command('b')],
        [601, command('c')],
      ]),
    ).toEqual([]);
    expect(
      found('test.steps', [
        [0, command('a')],
        [1, command('b')],
        [600, command('c')],
      ]),
    ).toEqual([600]);
    expect(
      found('test.steps', [
        [0, command('a')],
        [590, command('a')],
        [700, command('b')],
        [800, command('c')],
      ]),
    ).toEqual([800]);
    expect(
      found('test.steps', [
        [0, command('a')],
        [1, command('b')],
        [700, command('a')],
        [701, command('b')],
        [702, command('c')],
      ]),
    ).toEqual([702]);
  });

  test('do not hold over two sessions, nor over the end of one', () => {
    const detector = createDetector(loaded.rules);
    const observed = [
      event(command('a'), 0, 'one'),
      event(command('b'), 1, 'two'),
      event(command('c'), 2, 'one'),
      event(command('a'), 3, 'three'),
      event(command('b'), 4, 'three'),
      event(closed, 5, 'three'),
      event(command('c'), 6, 'three'),
    ].flatMap((one) => detector.observe(one).findings);

    expect(observed).toEqual([]);
  });
});

describe('a rate', () => {
  test('holds at the last of so many acts within the span', () => {
    expect(
      found(
        'test.rate',
        [0, 1, 2, 3].map((seconds) => [seconds, guess]),
      ),
    ).toEqual([2]);
    expect(
      found(
        'test.rate',
        [0, 30, 60].map((seconds) => [seconds, guess]),
      ),
    ).toEqual([60]);
  });

  test('does not hold when they come too slowly, nor for other acts', () => {
    expect(
      found(
        'test.rate',
        [0, 31, 62, 93].map((seconds) => [seconds, guess]),
      ),
    ).toEqual([]);
    expect(
      found(
        'test.rate',
        [0, 1, 2].map((seconds) => [seconds, { ...guess, accepted: true }]),
      ),
    ).toEqual([]);
  });
});

describe('the rule matcher', () => {
  test('knows the rules that one act decides, and no others', () => {
    const matcher = createRuleMatcher(loaded.rules);

    expect(matcher.match(value('bad')).map(({ rule }) => rule.id)).toEqual(['test.any']);
    expect(matcher.match(command('a'))).toEqual([]);
    expect(matcher.match(guess)).toEqual([]);
  });
});
