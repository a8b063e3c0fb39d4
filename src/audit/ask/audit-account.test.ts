import { describe, expect, test } from 'vitest';
import { ALLOWED_COMMANDS } from './allowed.ts';
import { leastPrivilegeAcl, leastPrivilegeRules } from './audit-account.ts';

describe('the account of an audit', () => {
  test('may send what the allow-list holds, and nothing else', () => {
    const commands = (leastPrivilegeRules([8, 0, 0]) ?? [])
      .filter((rule) => rule.startsWith('+'))
      .map((rule) => rule.slice(1));

    expect(commands).toEqual(ALLOWED_COMMANDS.filter((name) => name !== 'auth' && name !== 'sentinel'));
  });

  test.for([
    [[6, 0, 16], '~*', ['resetchannels', '+client|no-touch', '+acl|dryrun', '+quit']],
    [[6, 2, 0], '~*', ['+client|no-touch', '+acl|dryrun', '+function|list']],
    [[7, 0, 15], '%R~*', ['+client|no-touch']],
    [[7, 2, 4], '%R~*', []],
  ] as const)('of %j has %s and not %j', ([version, keys, missing]) => {
    const rules = leastPrivilegeRules(version) ?? [];

    expect(rules).toContain(keys);
    expect(rules.filter((rule) => missing.some((one) => one === rule))).toEqual([]);
    expect(rules.indexOf('-@all')).toBeLessThan(rules.indexOf('+ping'));
  });

  test('does not exist before Redis 6, and is that of the newest where the release is hidden', () => {
    expect(leastPrivilegeAcl([5, 0, 14])).toBeUndefined();
    expect(leastPrivilegeAcl(undefined)).toBe(leastPrivilegeAcl([9, 9, 9]));
  });
});
