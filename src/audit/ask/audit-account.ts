import type { Version } from '../vulnerable/server-version.ts';
import { compareVersions } from '../vulnerable/server-version.ts';
import { ALLOWED_COMMANDS } from './allowed.ts';

/** Releases that brought a command of the allow-list; the rest is there since ACLs are (6.0). Measured on real servers. */
const SINCE: Readonly<Record<string, Version>> = {
  'acl|dryrun': [7, 0, 0],
  'client|no-touch': [7, 2, 0],
  'command|list': [7, 0, 0],
  'function|list': [7, 0, 0],
  // Before 7.0 it is no command of the table, and everybody may say it.
  quit: [7, 0, 0],
};

/** Not for the account: a Sentinel has its own users, and everybody may log in. */
const LEFT_OUT: ReadonlySet<string> = new Set(['auth', 'sentinel']);

/** The name of the account in what is printed. */
export const ACCOUNT = 'sundew';

/**
 * The rules of a user that can be audited with and can do nothing else, as `ACL SETUSER` of this release takes them: an
 * unknown command in the line makes the server refuse all of it. Undefined before Redis 6, which has no users. Made
 * from the allow-list, so that both stay the same.
 *
 * @param password as it is to stand in the line, with its `>` or `#`.
 */
export function leastPrivilegeRules(
  version: Version | undefined,
  password = '>NEW-PASSWORD',
): readonly string[] | undefined {
  const since = (wanted: Version): boolean => version === undefined || compareVersions(version, wanted) >= 0;
  if (!since([6, 0, 0])) return undefined;
  const commands = ALLOWED_COMMANDS.filter((name) => !LEFT_OUT.has(name) && since(SINCE[name] ?? [6, 0, 0]));
  return [
    'reset',
    'on',
    password,
    // Keys may be told apart by reading and writing since 7.0; the commands below only read.
    since([7, 0, 0]) ? '%R~*' : '~*',
    ...(since([6, 2, 0]) ? ['resetchannels'] : []),
    '-@all',
    ...commands.map((name) => `+${name}`),
  ];
}

/** The whole command for this server, one line; undefined before Redis 6. */
export function leastPrivilegeAcl(version: Version | undefined, password?: string): string | undefined {
  const rules = leastPrivilegeRules(version, password);
  return rules === undefined ? undefined : `ACL SETUSER ${ACCOUNT} ${rules.join(' ')}`;
}
