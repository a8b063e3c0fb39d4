import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseAclUser } from './acl-user.ts';
import { isWeakPassword, isWeakPasswordHash } from './weak-password.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('weak passwords', () => {
  test.for([
    'foobared',
    'redis',
    'Redis@123',
    'P@ssw0rd',
    '123456',
    'admin2024',
    'PASSWORD!',
    'root@2023',
    '',
  ])('holds %j', (password) => {
    expect(isWeakPassword(password)).toBe(true);
    expect(isWeakPasswordHash(hash(password))).toBe(true);
  });

  test.for(['correct horse battery staple', 'f3Xw9QpLr7', hash('redis'), 'sundew'])(
    'does not hold %j',
    (password) => {
      expect(isWeakPassword(password)).toBe(false);
    },
  );

  test('are counted in a line of ACL LIST, and not kept', () => {
    const line = `user ann on #${hash('redis123')} #${hash('f3Xw9QpLr7')} ~* +@all`;

    const user = parseAclUser(line, isWeakPasswordHash);

    expect(user).toMatchObject({ passwords: 2, weakPasswords: 1 });
    expect(JSON.stringify(user)).not.toMatch(/redis123|[0-9a-f]{64}/);
  });
});
