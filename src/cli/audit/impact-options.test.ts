import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { IMPACT_LIMITS } from '../../audit/limits.ts';
import type { ImpactOptions } from './impact-options.ts';
import { addImpactOptions, impactSettings } from './impact-options.ts';

function settings(...words: string[]): ReturnType<typeof impactSettings> {
  const command = addImpactOptions(
    new Command().exitOverride().configureOutput({ writeErr: () => undefined }),
  );
  return impactSettings(command.parse(words, { from: 'user' }).opts<ImpactOptions>());
}

describe('the impact options', () => {
  test('mean the usual limits when nothing is said', () => {
    expect(settings()).toMatchObject(IMPACT_LIMITS.normal);
    expect(settings().touch).toBeUndefined();
  });

  test.for(['low', 'normal', 'high'] as const)('know %s', (name) => {
    expect(settings('--max-impact', name)).toMatchObject(IMPACT_LIMITS[name]);
  });

  test('take a share of the time of the server in percent', () => {
    expect(settings('--max-impact', '3')).toMatchObject({ ...IMPACT_LIMITS.low, busyShare: 0.03 });
    expect(settings('--max-impact', '40')).toMatchObject({ ...IMPACT_LIMITS.normal, busyShare: 0.4 });
    expect(settings('--max-impact', '100')).toMatchObject({ ...IMPACT_LIMITS.high, busyShare: 1 });
  });

  test.for(['0', '101', '-1', 'much', '1.5', ''])('refuse %j', (word) => {
    expect(() => settings('--max-impact', word)).toThrow('low, normal, high');
  });

  test('allow to touch', () => {
    expect(settings('--touch').touch).toBe(true);
  });
});
