import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';

/** A line of ACL LIST without its password hashes: they are dropped while it is read. */
export interface AclUser {
  /** Safe to print. */
  readonly name: string;
  readonly on: boolean;
  readonly nopass: boolean;
  /** May run every command on every key. */
  readonly all: boolean;
}

const MOST_WORDS = 2_000;

export function parseAclUser(line: ByteString): AclUser | undefined {
  const words = line.slice(0, 65_536).split(' ', MOST_WORDS);
  if (words[0] !== 'user' || words[1] === undefined) return undefined;
  const rules = words.slice(2);
  return {
    name: printable(words[1], 80),
    on: rules.includes('on'),
    nopass: rules.includes('nopass'),
    all: rules.includes('+@all') && !rules.some((rule) => rule.startsWith('-')) && rules.includes('~*'),
  };
}
