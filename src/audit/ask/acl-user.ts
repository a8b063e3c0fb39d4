import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import { withSelectors } from '../../redis/acl-selectors.ts';

/** What a set of rules permits. */
export interface AclRights {
  /** May run every command on every key. */
  readonly all: boolean;
  /** `allkeys`, `~*`, `%RW~*`. */
  readonly allKeys: boolean;
  readonly allChannels: boolean;
  /** The command rules as they stand (`+@all`, `-@dangerous`, `+config|get`), safe to print, at most 200. */
  readonly commandRules: readonly string[];
}

/** A line of ACL LIST, or of an ACL file, without its passwords: they are judged and dropped while it is read. */
export interface AclUser extends AclRights {
  /** Safe to print. */
  readonly name: string;
  readonly on: boolean;
  readonly nopass: boolean;
  /** How many passwords it has, and how many of them are on the list of common ones. */
  readonly passwords: number;
  readonly weakPasswords: number;
  /** Further sets in brackets (Redis 7 and later): each permits by itself what the others do not. */
  readonly selectors: readonly AclRights[];
}

const LONGEST_LINE = 1_048_576;
const MOST_WORDS = 100_000;
const MOST_RULES = 200;
const MOST_SELECTORS = 100;

/**
 * @param isWeak tells whether the SHA-256 (lower-case hex) is that of a common password; Redis stores them unsalted.
 */
export function parseAclUser(
  line: ByteString,
  isWeak: (sha256: string) => boolean = () => false,
): AclUser | undefined {
  const words = line.slice(0, LONGEST_LINE).split(' ', MOST_WORDS);
  if (words[0] !== 'user' || words[1] === undefined) return undefined;
  const { root: rules, selectors: inBrackets } = withSelectors(words.slice(2));
  const hashes = rules.flatMap((rule) => /^#([0-9a-f]{64})$/.exec(rule.slice(0, 66))?.[1] ?? []);
  const root = rightsOf(rules);
  const selectors = inBrackets.slice(0, MOST_SELECTORS).map(rightsOf);
  return {
    ...root,
    name: printable(words[1], 80),
    on: rules.includes('on'),
    nopass: rules.includes('nopass'),
    all: root.all || selectors.some(({ all }) => all),
    passwords: hashes.length,
    weakPasswords: hashes.filter(isWeak).length,
    selectors,
  };
}

function rightsOf(rules: readonly ByteString[]): AclRights {
  const allKeys = rules.some((rule) => ['~*', 'allkeys', '%RW~*'].includes(rule));
  return {
    all: rules.includes('+@all') && !rules.some((rule) => rule.startsWith('-')) && allKeys,
    allKeys,
    allChannels: rules.includes('&*') || rules.includes('allchannels'),
    commandRules: rules
      .filter((rule) => /^[+-]/.test(rule) || rule === 'allcommands' || rule === 'nocommands')
      .slice(0, MOST_RULES)
      .map((rule) => printable(rule, 80)),
  };
}
