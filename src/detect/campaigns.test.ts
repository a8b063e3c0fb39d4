import { describe, expect, test } from 'vitest';
import type { Act } from '../model/act.ts';
import { createCampaignMatcher, loadCampaigns } from './campaigns.ts';
import { compiled } from './patterns.ts';

const book = new Map([['word', compiled('curl')]]);
const FILE = `id: test-wave
title: Test wave
years: [2024, 2025]
about: A campaign that exists in tests alone.
keys: [tést1, test2]
signs:
  - sign: its own word
    strength: strong
    any: [{ act: redis.value, where: { value: { contains: test-wave } } }]
  - sign: a download
    strength: weak
    any: [{ act: redis.value, where: { value: { like: word } } }]
  - sign: its folder
    strength: weak
    any:
      - { act: redis.setting, where: { name: dir, value: /wave } }
      - { act: redis.save, where: { dir: /wave } }
examples:
  match: [{ shows: the word, acts: [{ redis.value: { value: test-wave } }] }]
  miss: [{ shows: a weak sign alone, acts: [{ redis.value: { value: curl } }] }]
`;
const load = (...texts: string[]) =>
  loadCampaigns(
    texts.map((text, at) => ({ path: `${at}.yaml`, text })),
    book,
  );
const matcher = createCampaignMatcher(load(FILE).campaigns);
const value = (text: string): Act => ({ type: 'redis.value', db: 0, key: 'k', kind: 'string', value: text });
const folder: Act = { type: 'redis.setting', name: 'dir', value: '/wave', accepted: true };
const named = (...acts: Act[]) => matcher.named(acts.flatMap((act) => matcher.signs(act)));

describe('campaigns', () => {
  test('give their key names as bytes, for EXISTS', () => {
    expect(matcher.keyNames).toEqual([Buffer.from('tést1').toString('latin1'), 'test2']);
  });

  test('are named by one strong sign, with what bears it', () => {
    expect(named(value('xx test-wave'))).toEqual([
      { id: 'test-wave', title: 'Test wave', because: 'its own word: xx test-wave' },
    ]);
  });

  test('are named by two different weak signs, not by one twice', () => {
    expect(named(value('curl a'), value('curl b'))).toEqual([]);
    expect(named(folder, folder)).toEqual([]);
    expect(named(value('curl a'), folder)[0]?.because).toBe('a download: curl a; its folder: dir, /wave');
  });

  test('are not named by acts that bear no sign', () => {
    expect(named(value('x'), { type: 'redis.replica-of', host: null, port: null, accepted: true })).toEqual(
      [],
    );
  });

  test.for<[string, string, string, string, RegExp]>([
    ['an unknown field', 'title: Test', 'titel: Test', 'line 2 (titel)', /unknown field 'titel'/],
    ['an unknown pattern', 'like: word', 'like: nothing', 'line 12 (signs.1.any.0)', /no pattern 'nothing'/],
    [
      'a field the act has not',
      'where: { name: dir',
      'where: { key: dir',
      'line 16 (signs.2.any.0)',
      /no field 'key'/,
    ],
    [
      'an example that does not name it',
      'value: test-wave }',
      'value: x }',
      'line 19 (examples.match.0)',
      /should name/,
    ],
    [
      'an example that names it',
      'value: curl }',
      'value: test-wave }',
      'line 20 (examples.miss.0)',
      /should not name/,
    ],
    [
      'an example that is no act',
      'redis.value: { value: curl }',
      'redis.value: { valu: x }',
      'line 20 (examples.miss.0)',
      /no field 'valu'/,
    ],
  ])('with %s are refused, with the line', ([, from, to, where, message]) => {
    const { campaigns, faults } = load(FILE.replace(from, to));

    expect(campaigns).toEqual([]);
    expect(faults).toMatchObject([{ path: '0.yaml', where }]);
    expect(faults[0]?.message).toMatch(message);
  });

  test('with an id that is taken, or in broken YAML, are refused', () => {
    const { campaigns, faults } = load(FILE, FILE, 'id: [');

    expect(campaigns).toHaveLength(1);
    expect(faults).toMatchObject([
      { path: '1.yaml', where: 'line 1 (id)', message: 'there is another campaign test-wave' },
      { path: '2.yaml' },
    ]);
  });
});
