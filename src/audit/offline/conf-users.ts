import { aclLine, sha256Of } from '../../dump/read-acl-file.ts';
import type { Directive } from '../../dump/read-redis-conf.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { AclUser } from '../ask/acl-user.ts';
import { parseAclUser } from '../ask/acl-user.ts';
import { isWeakPasswordHash } from '../ask/weak-password.ts';

/** Lines of ACL LIST to users; the passwords are judged and dropped. */
export function usersOf(lines: readonly ByteString[]): readonly AclUser[] {
  return lines.flatMap((line) => parseAclUser(line, isWeakPasswordHash) ?? []);
}

/**
 * The users that a server has after a start with this configuration: those it names, and the default user, who has the
 * password of `requirepass` or none.
 */
export function usersOfConf(directives: readonly Directive[]): readonly ByteString[] {
  const lines = directives.flatMap(({ name, args }) => (name === 'user' ? (aclLine(args) ?? []) : []));
  if (lines.some(isDefault)) return lines;
  const password = directives.findLast(({ name }) => name === 'requirepass')?.args[0] ?? '';
  const secret = password === '' ? 'nopass' : `#${sha256Of(password)}`;
  return [`user default on ${secret} ~* &* +@all`, ...lines];
}

/** An ACL file without the default user leaves him as he is without any: on, and without a password. */
export function usersOfAclFile(lines: readonly ByteString[]): readonly ByteString[] {
  return lines.some(isDefault) ? lines : ['user default on nopass ~* &* +@all', ...lines];
}

const isDefault = (line: ByteString): boolean => line.startsWith('user default ');
