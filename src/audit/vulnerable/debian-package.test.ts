import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import { debianPackage } from './debian-package.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));
const fixedIn = (id: string): ReadonlyMap<string, string> | undefined => debianPackage(data, id)?.fixed;

describe('a Debian package', () => {
  test('holds the fixes of its own line up to it, and says in which revision', () => {
    const sixth = fixedIn('5281cccdf7ef82d6');

    expect(sixth?.get('CVE-2025-49844')).toBe('5:7.0.15-1~deb12u6');
    expect(sixth?.get('CVE-2024-31449')).toBe('5:7.0.15-1~deb12u2');
    expect(sixth?.has('CVE-2025-67733')).toBe(false);
  });

  test('holds the fixes of what it was made from, and not those of a later revision beside it', () => {
    const third = fixedIn('c89c70d1d28059e4');

    expect(third?.get('CVE-2023-41056')).toBe('5:7.0.15-1');
    // 5:7.0.15-2 fixed it too, in another line.
    expect(third?.get('CVE-2024-31227')).toBe('5:7.0.15-1~deb12u2');
  });

  test('of another line holds nothing of this one', () => {
    expect(fixedIn('1369a98afcafaf0')?.get('CVE-2024-46981')).toBe('5:7.0.15-3');
    expect(fixedIn('9729964261b8fc0f')?.has('CVE-2026-81934')).toBe(false);
  });

  test('is nothing for an id that is not known', () => {
    expect(debianPackage(data, 'abc')).toBeUndefined();
    expect(debianPackage(data, undefined)).toBeUndefined();
  });

  test.for([
    ['5281cccdf7ef82d6', '5:7.0.15-1~deb12u10'],
    ['ae4d7c971a948f0', undefined],
    ['131054f05ac09937', '5:8.0.6-3'],
    ['5a33a2b1553c5bfc', '5:8.0.6-3'],
    ['3951f4e1c0288395', '5:8.0.2-3+deb13u3'],
  ] as const)('%s is upgraded to %s', ([id, wanted]) => {
    expect(debianPackage(data, id)?.newer?.debian_version).toBe(wanted);
  });
});
