import { hash } from 'node:crypto';
import type { ByteString } from '../../../model/bytes.ts';
import { printable } from '../../../model/printable.ts';

/** Commands whose arguments are ours alone: no key names, no values, no passwords. */
const PLAIN = new Set(
  'ping quit info select scan readonly config|get acl|whoami acl|list acl|log acl|dryrun client|setname client|no-touch client|list module|list function|list command|info command|list slowlog|get cluster|nodes'.split(
    ' ',
  ),
);
/** Commands that are told by their second word. */
const PARTED = new Set(
  [...PLAIN].filter((name) => name.includes('|')).map((name) => name.split('|')[0] ?? ''),
);
const LONGEST = 200;

export interface LoggedCommands {
  /** `INFO all`, `TYPE x100`, `AUTH ?`: in order, repetitions of a command folded. */
  readonly sent: readonly string[];
  /** Of all words that are not shown; undefined when all are. */
  readonly digest: string | undefined;
}

/**
 * Commands as the log holds them. Key names may be personal data and passwords are secret: of commands that carry key
 * names there is the name, how often, and one digest over all their words (SHA-256 of the words with NUL after each, as
 * bytes); AUTH shows nothing and is in no digest.
 */
export function loggedCommands(commands: readonly (readonly ByteString[])[]): LoggedCommands {
  const sent: string[] = [];
  let folded = '';
  let times = 0;
  let hidden = '';
  const flush = (): void => {
    if (times > 0) sent.push(times === 1 ? folded : `${folded} x${times}`);
    times = 0;
  };
  for (const argv of commands) {
    const [word = ''] = argv;
    const { name, has } = knownWord(word);
    const isAuth = has === 'password' || (has === 'greeting' && argv.length > 2);
    if (
      !isAuth &&
      (argv.length === 1 || has === 'plain' || has === 'greeting' || isPlainPart(has, name, argv[1]))
    ) {
      flush();
      sent.push(shownWords(argv.join(' ')));
      continue;
    }
    if (!isAuth) hidden += `${argv.join('\0')}\0`;
    const label = isAuth ? `${name} ?` : name;
    if (label !== folded || times === 0) flush();
    folded = label;
    times++;
  }
  flush();
  const digest = hidden === '' ? undefined : hash('sha256', Buffer.from(hidden, 'latin1'), 'hex');
  return { sent, digest };
}

interface KnownWord {
  /** Upper case, printable. */
  readonly name: string;
  readonly has: 'password' | 'greeting' | 'plain' | 'parts' | 'keys';
}

/** The audit sends the same few dozen commands over and over. */
const known = new Map<ByteString, KnownWord>();
const MOST_KNOWN = 1_000;

function knownWord(word: ByteString): KnownWord {
  const before = known.get(word);
  if (before !== undefined) return before;
  const lower = word.toLowerCase();
  const found: KnownWord = { name: printable(word.toUpperCase(), LONGEST), has: contentOf(lower) };
  if (known.size < MOST_KNOWN) known.set(word, found);
  return found;
}

function contentOf(lower: string): KnownWord['has'] {
  if (lower === 'auth') return 'password';
  if (lower === 'hello') return 'greeting';
  if (PLAIN.has(lower)) return 'plain';
  return PARTED.has(lower) ? 'parts' : 'keys';
}

function isPlainPart(has: KnownWord['has'], name: string, second = ''): boolean {
  return has === 'parts' && PLAIN.has(`${name.toLowerCase()}|${second.toLowerCase()}`);
}

const shown = new Map<ByteString, string>();

function shownWords(words: ByteString): string {
  const before = shown.get(words);
  if (before !== undefined) return before;
  const text = printable(words, LONGEST);
  if (shown.size < MOST_KNOWN && words.length <= LONGEST) shown.set(words, text);
  return text;
}
