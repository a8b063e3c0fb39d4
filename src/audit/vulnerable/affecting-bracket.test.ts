import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import { affectingBracket } from './affecting-bracket.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));
type Bracket = Parameters<typeof affectingBracket>[1];
const ids = (bracket: Bracket): { certain: string[]; possible: string[] } => {
  const { certain, possible } = affectingBracket(data, bracket);
  return { certain: certain.map(({ id }) => id), possible: possible.map(({ id }) => id) };
};

describe('a bracket of releases', () => {
  test('has for certain what all of its releases have', () => {
    const seven = ids({ engine: 'redis', from: '7.0', below: '7.2' });

    expect(seven.certain).toContain('CVE-2025-49844');
    expect(seven.certain).not.toContain('CVE-2023-41056');
    expect(seven.possible).toContain('CVE-2023-41056');
  });

  test('may have what one of them has, and what a newer patch of the branch has not', () => {
    const { certain, possible } = ids({ engine: 'redis', from: '6.2', below: '7.0' });

    expect(certain).not.toContain('CVE-2025-49844');
    expect(possible).toContain('CVE-2025-49844');
    expect([...certain, ...possible]).not.toContain('CVE-2025-62507');
  });

  test('without an upper end has nothing for certain that a release fixed', () => {
    const { certain, possible } = ids({ engine: 'redis', from: '8.6', below: undefined });

    expect(certain).toEqual([]);
    expect(possible).toContain('CVE-2026-81934');
  });

  test('never makes a certainty of what the data calls possible', () => {
    const { certain, possible } = ids({ engine: 'redis', from: '7.2', below: '7.4' });

    expect(certain).not.toContain('CVE-2026-92925');
    expect(possible).toContain('CVE-2026-92925');
  });

  test('of either engine has for certain only what both have', () => {
    const { certain, possible } = ids({ engine: undefined, from: '7.2', below: '7.4' });

    expect(possible).toEqual(expect.arrayContaining(['CVE-2026-56684', 'CVE-2026-81934']));
    expect(certain).not.toContain('CVE-2026-81934');
  });
});
