import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { describe, expect, test } from 'vitest';
import { collectLeaks } from './collect-leaks.ts';
import { ordinaryValues } from './testing/harmless.ts';
import { plantedSecrets } from './testing/planted.ts';

async function secretlintFinds(content: string): Promise<string[]> {
  const { messages } = await lintSource({
    source: { filePath: '/value.txt', content, ext: '.txt', contentType: 'text' },
    options: {
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] },
    },
  });
  return messages.map(({ ruleId }) => ruleId);
}
function weFind(content: string): string[] {
  const leaks = collectLeaks();
  leaks.observe(content, 'db0/value');
  return [...leaks.groups.keys()];
}

describe('what secretlint finds', () => {
  test('we find as well, value by value, and more', async () => {
    const values = [...plantedSecrets().map(([, secret]) => `"${secret}"`), ...ordinaryValues(200)];
    const ours = values.filter((value) => weFind(value).length > 0);

    const missed: string[] = [];
    let theirs = 0;
    for (const value of values) {
      const rules = await secretlintFinds(value);
      theirs += rules.length > 0 ? 1 : 0;
      if (rules.length > 0 && !ours.includes(value)) missed.push(...rules);
    }

    expect(missed).toEqual([]);
    expect(theirs).toBeGreaterThan(15);
    expect(ours.length).toBeGreaterThan(theirs);
  });
});
