import { describe, expect, test } from 'vitest';
import { parseAclUser } from './acl-user.ts';

describe('ACL user', () => {
  test('is read without its hashes', () => {
    const user = parseAclUser(`user ann on #${'ab'.repeat(32)} ~* &* +@all`);

    expect(user).toMatchObject({ name: 'ann', on: true, nopass: false, all: true, passwords: 1 });
    expect(JSON.stringify(user)).not.toContain('abab');
  });

  test.for([
    ['user default on nopass ~* &* +@all', { nopass: true, all: true }],
    ['user a off nopass ~* +@all', { on: false }],
    ['user a on ~* +@all -config', { all: false }],
    ['user a on ~a:* +@all', { all: false, allKeys: false }],
    ['user a on resetkeys -@all +get', { all: false }],
  ] as const)('reads %s', ([line, expected]) => {
    expect(parseAclUser(line)).toMatchObject(expected);
  });

  test('has the rules in brackets beside his own', () => {
    const user = parseAclUser('user b on resetchannels -@all +get (~x* resetchannels -@all +@scripting)');

    expect(user).toMatchObject({
      all: false,
      commandRules: ['-@all', '+get'],
      selectors: [{ allKeys: false, commandRules: ['-@all', '+@scripting'] }],
    });
  });

  test('may do all where a set in brackets gives all', () => {
    expect(parseAclUser('user b on -@all (~* &* +@all)')?.all).toBe(true);
    expect(parseAclUser('user a on ~* &* +@all (%R~x* -@all +get)')?.all).toBe(true);
  });

  test('is undefined for another line', () => {
    expect(parseAclUser('default on')).toBeUndefined();
  });
});
