import type { ByteString } from '../model/bytes.ts';
import { inlineArguments } from '../wire/inline-arguments.ts';
import { createRequestDecoder } from '../wire/request-decoder.ts';

/**
 * How many words stand in front of the last one, the name among them. Some logs join the words of a command with blanks:
 * what was one value is many words then, and these are the commands whose last word may hold blanks.
 */
const WORDS_BEFORE: Readonly<Record<string, number>> = {
  set: 2,
  setnx: 2,
  getset: 2,
  append: 2,
  setex: 3,
  psetex: 3,
  setrange: 3,
  lpush: 2,
  rpush: 2,
  sadd: 2,
  hset: 3,
  hsetnx: 3,
  zadd: 3,
  publish: 2,
  echo: 1,
  auth: 1,
  'config set': 3,
  'script load': 2,
  'function load': 2,
};

const LIMITS = {
  maxArguments: 1_048_576,
  maxBulk: 536_870_912,
  maxInline: 16_777_216,
  unauthenticated: false,
  keep: 1_048_576,
};

/**
 * The words of a command as a log has it on one line: as a client sends it (RESP), typed with quotes, or joined with
 * blanks. What cannot be told apart any more is guessed by the name of the command.
 */
export function commandWords(text: ByteString): readonly ByteString[] {
  if (/^\*\d{1,7}\r\n/.test(text.slice(0, 16))) {
    const decoder = createRequestDecoder();
    decoder.push(text);
    const request = decoder.next(LIMITS);
    if (request?.kind === 'request') return request.argv;
  }
  if (text.includes('"') || text.includes("'")) {
    const typed = isTyped(text) ? inlineArguments(text) : undefined;
    if (typed !== undefined) return typed;
  }
  return joinedWords(text);
}

/** A quote opens a word, as it does when one types a value; a quote within a shell line does not speak for that. */
function isTyped(text: ByteString): boolean {
  const quote = text.search(/["']/);
  const front = text.slice(0, quote);
  return front.endsWith(' ') && front.trim().split(' ', 6).length <= 3 && /["']\s*$/.test(text.slice(-8));
}

function joinedWords(text: ByteString): readonly ByteString[] {
  const [first = '', second = ''] = wordsBefore(text, 3).words.map((word) => word.toLowerCase());
  if (first === 'eval' || first === 'eval_ro') return evalWords(text);
  const before =
    WORDS_BEFORE[`${first} ${second}`] ??
    (Object.hasOwn(WORDS_BEFORE, first) ? WORDS_BEFORE[first] : undefined);
  if (before !== undefined) {
    const { words, rest } = wordsBefore(text, before);
    return rest === '' ? words : [...words, rest];
  }
  // A module's command hands a line to a shell; HOST PORT are two words.
  if (first.includes('.')) {
    const { words, rest } = wordsBefore(text, 1);
    if (rest === '' || /^\S{1,253} \d{1,5}$/.test(rest.slice(0, 260))) return [...words, ...allWords(rest)];
    return [...words, rest];
  }
  return allWords(text);
}

/** The code ends where ` 0` or another number of keys begins; it has the rest of the line in most attacks. */
function evalWords(text: ByteString): readonly ByteString[] {
  const { words, rest } = wordsBefore(text, 1);
  const none = rest.trimEnd();
  return none.endsWith(' 0') ? [...words, none.slice(0, -2), '0'] : [...words, rest];
}

/** The first words, single blanks between them, and all behind the blank that follows them. */
function wordsBefore(text: ByteString, count: number): { words: ByteString[]; rest: ByteString } {
  const words: ByteString[] = [];
  let at = 0;
  while (words.length < count && at < text.length) {
    const blank = text.indexOf(' ', at);
    if (blank < 0) return { words: [...words, text.slice(at)], rest: '' };
    words.push(text.slice(at, blank));
    at = blank + 1;
  }
  return { words, rest: text.slice(at) };
}

function allWords(text: ByteString): ByteString[] {
  return text.split(' ').filter((word) => word !== '');
}
