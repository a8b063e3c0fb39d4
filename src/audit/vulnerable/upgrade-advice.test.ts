import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import { exampleRelease } from '../testing/example-release.ts';
import { exampleUser } from '../testing/example-view.ts';
import { builtBy } from './built-by.ts';
import { flawVerdicts } from './flaw-verdicts.ts';
import { upgradeAdvice } from './upgrade-advice.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));

function advice(fields: Record<string, string>, change: Parameters<typeof exampleRelease>[1] = {}): string[] {
  const facts = exampleRelease(fields, change);
  return upgradeAdvice(data, facts, builtBy(data, facts), flawVerdicts(data, facts)).split('\n');
}

describe('the advice', () => {
  test.for([
    ['7.4.5', 'Upgrade to redis 7.4.11 or later'],
    ['8.2.1', 'Upgrade to redis 8.2.9 or later'],
    [
      '7.0.11',
      'Upgrade to redis 7.2.16 or later (branch 7.0 gets no fixes any more; the newest of all is 8.10.1)',
    ],
    [
      '8.0.6',
      'Upgrade to redis 8.2.9 or later (branch 8.0 gets no fixes any more; the newest of all is 8.10.1)',
    ],
    ['8.6.6', '8.6.6 is the newest of branch 8.6 that this data knows: watch for the next one'],
  ] as const)('on Redis %s names the release: %s', ([version, line]) => {
    expect(advice({ redis_version: version })[0]).toBe(line);
  });

  test('on Debian names the package', () => {
    const [what, how] = advice({ redis_version: '7.0.15', redis_build_id: '5281cccdf7ef82d6' });

    expect(what).toBe("It is Debian's redis 5:7.0.15-1~deb12u6: upgrade to 5:7.0.15-1~deb12u10 or later");
    expect(how).toContain('--only-upgrade redis-server');
  });

  test('on a package nobody knows asks the package manager first', () => {
    const lines = advice({ redis_version: '7.0.15', executable: '/usr/bin/redis-server' });

    expect(lines[0]).toContain('rpm -q --changelog');
  });

  test('takes the needed commands from those who have them, by name', () => {
    const users = [
      exampleUser(),
      exampleUser({ name: 'ann' }),
      exampleUser({ name: 'reader', all: false, commandRules: ['-@all', '+@read'] }),
      exampleUser({ name: 'a b' }),
    ];

    const lines = advice({ redis_version: '7.4.5' }, { users }).filter((line) => line.includes('SETUSER'));

    expect(lines).toEqual([
      'Until then: redis-cli ACL SETUSER default -@scripting -restore',
      'Until then: redis-cli ACL SETUSER ann -@scripting -restore',
    ]);
  });

  test('renames the commands where there are no users yet', () => {
    const lines = advice({ redis_version: '5.0.7' });

    expect(lines.join('\n')).toContain('rename-command EVAL ""');
    expect(lines.join('\n')).not.toContain('SETUSER');
  });

  test('closes the port for what needs no login', () => {
    expect(advice({ redis_version: '7.4.2' }).at(-1)).toContain('let only known addresses');
  });
});
