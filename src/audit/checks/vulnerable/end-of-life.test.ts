import { describe, expect, test } from 'vitest';
import { packagedText } from '../../../platform/files.ts';
import type { CheckResult } from '../../check.ts';
import { exampleRelease } from '../../testing/example-release.ts';
import { exampleView } from '../../testing/example-view.ts';
import { loadVulnerabilities } from '../../vulnerable/vulnerability-data.ts';
import { endOfLife } from './end-of-life.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));
const run = (fields: Record<string, string>): CheckResult =>
  endOfLife.run(exampleView({ facts: exampleRelease(fields), vulnerabilities: data }));

describe('end of life', () => {
  test.for([
    ['5.0.14', true],
    ['7.0.15', true],
    ['8.0.6', true],
    ['7.2.16', false],
    ['8.8.0', false],
    ['9.9.9', false],
    ['8.9.240', false],
  ] as const)('Redis %s: %s', ([version, ended]) => {
    expect(run({ redis_version: version }).findings.length > 0).toBe(ended);
  });

  test('leads to the nearest branch that gets fixes', () => {
    const [finding] = run({ redis_version: '7.0.15' }).findings;

    expect(finding).toMatchObject({ severity: 'low', decides: false });
    expect(finding?.advice).toContain('redis 7.2.16 or later');
    expect(finding?.why).toContain('8.10.1');
  });

  test('is no matter for a package that Debian looks after, or for what a provider runs', () => {
    expect(run({ redis_version: '7.0.15', redis_build_id: 'ae4d7c971a948f0' }).findings).toEqual([]);
    expect(run({ redis_version: '5.0.6', os: 'Amazon ElastiCache' }).findings).toEqual([]);
  });
});
