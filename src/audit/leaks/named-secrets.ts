import type { ByteString } from '../../model/bytes.ts';
import { CUE, cuesIn } from './cue-words.ts';
import { framedAt } from './framed-word.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { isPlaceholderPassword, isSample } from './placeholders.ts';
import { isSecretName, SECRET_WORD } from './secret-names.ts';
import { isWordCode } from './word-start.ts';

const WORDS = new RegExp(SECRET_WORD, 'gi');
const LAST_WORD = new RegExp(`(?:${SECRET_WORD})$`, 'i');
/** What stands between a name and its value in JSON, YAML, dotenv, PHP, XML, code, `{"name":…,"value":…}`, Terraform's state. */
const TEXT_BETWEEN =
  /\\{0,3}["'`]?\]?(?:\s{0,4}(?:=>|[:=])\s{0,4}\{\s{0,4}\\{0,3}["']?(?:value|default)\\{0,3}["']?\s?[:=]\s?|\\{0,3}["']?\s?,?\s{0,4}\\{0,3}["']?value\\{0,3}["']?\s?[:=]\s?|\s?\{\s{0,4}default\s?=\s?|\s{0,4}(?:=>|[:=;])\s{0,4}|\s?,\s{0,2}(?=["'])|>| is )(?:s:\d{1,4}:|[ub](?=['"]))?\\{0,3}["'`]?([^\s"'\\<>{},;&`]{8,160})/iy;
/** In a quoted value may stand what elsewhere ends one (salts of WordPress). */
const QUOTED = /\s?,\s{0,2}'([^'\\\n]{32,80})'/y;
const MOST_NAMES = 200;

/**
 * Values under the name of a secret that look like one. Of generic patterns less than half are secrets (Basak and others,
 * 2023): what people choose is a hint only, a long random word under such a name is more.
 */
export const namedSecrets: LeakDetector = (text, name) => {
  const leaks: Leak[] = [];
  let tried = 0;
  const written = (cuesIn(text) & CUE.secret) === 0 ? [] : text.matchAll(WORDS);
  for (const { 0: word, index } of written) {
    const end = index + word.length;
    if (isWordBehind(text, end) || !isSecretName(text, index, word)) continue;
    if (leaks.length >= MOST_LEAKS_A_VALUE || ++tried > MOST_NAMES) break;
    const secret = valueBehind(text, end);
    if (secret !== undefined) add(leaks, word, secret);
  }
  if (leaks.length === 0 && text.length <= 200 && /^\s*[!-~]{8,160}\s*$/.test(text)) {
    // The key and its field are two names: `app` and `token` make no `app token`.
    const last = name.slice(name.lastIndexOf(' ') + 1);
    const own = LAST_WORD.exec(last);
    if (own !== null && isSecretName(last, own.index, own[0])) add(leaks, own[0], text.trim());
  }
  return leaks;
};

function valueBehind(text: ByteString, end: number): string | undefined {
  for (const form of [QUOTED, TEXT_BETWEEN]) {
    form.lastIndex = end;
    const secret = form.exec(text)?.[1];
    if (secret !== undefined) return secret;
  }
  return framedBehind(text, end);
}

/** In MessagePack, CBOR, pickle, Java, Marshal and BSON a value stands behind a few bytes, of which the last are its length. */
function framedBehind(text: ByteString, end: number): string | undefined {
  if (/[ -w{-~]/.test(text[end] ?? ' ') && !isFramedWord(text, end)) return undefined;
  for (let at = end + 1; at <= end + 14; at++) {
    const word = framedAt(text, at);
    if (word !== undefined && /^[!#-~]{8,160}$/.test(word)) return word;
  }
  // The oldest pickles have lines: a mark of what was stored, then the value.
  return /^\n(?:p\d{1,6}\n)?[VS]'?([!#-~]{8,160}?)'?\n/.exec(text.slice(end, end + 180))?.[1];
}

/** CBOR writes a letter for a length, or `x` and the length, right behind a name; only in bytes that are no text. */
function isFramedWord(text: ByteString, end: number): boolean {
  // Java's mark of a string is a `t`, and two bytes of length.
  const skipped = text[end] === 'x' ? 2 : text.startsWith('t\0', end) ? 3 : 1;
  if (framedAt(text, end + skipped) === undefined) return false;
  return /[^\t\n\r -~]/.test(text.slice(Math.max(0, end - 64), end + 2));
}

function add(leaks: Leak[], name: string, secret: string): void {
  if (isPlaceholderPassword(secret) || isSample(secret) || isNoSecret(secret)) return;
  const chosen = /pass|pwd|pw$|senha|contrase|kennwort|psk|secret|auth$/i.test(name);
  const random = isRandom(secret);
  if (!random && !(chosen && isMixed(secret))) return;
  leaks.push({
    kind: 'named-secret',
    title: 'value under the name of a password or key',
    severity: random && secret.length >= 20 ? 'medium' : 'low',
    secret,
  });
}

/** Of another name only a piece: `password_hash`, `tokenizer`. */
function isWordBehind(text: ByteString, end: number): boolean {
  return text[end] === '_' || (isWordCode(text.charCodeAt(end)) && !isFramedWord(text, end));
}

/** A path, an address, an expression, an encrypted value, a name in an other store. */
function isNoSecret(word: string): boolean {
  return /^(?:[\w+]{1,16}:\/\/|\/|\.|\$\d?\w*\$|pbkdf2|scrypt|\{|ENC\[|arn:|vault:|data:|AQICAH|process\.|os\.|env[.(]|-----|MI[GIHN]|MC4CAQ|MHcCAQ|LS0tLS1C|[a-z]+\|)|\(\)|\|$/i.test(
    word,
  );
}

/** Letters and digits, of some variety; a bare digest under a password's name is told as a hash. */
function isMixed(word: string): boolean {
  return (
    /[A-Za-z]/.test(word) &&
    /\d/.test(word) &&
    new Set(word).size >= 6 &&
    !/^[0-9a-f]{32,128}$/i.test(word) &&
    !/[()[\]|]/.test(word)
  );
}

/** 12 characters or more of great variety: made by a machine. Words, however joined, and dates are none. */
function isRandom(word: string): boolean {
  if (word.length < 12 || /^\d{4}-\d\d-\d\d/.test(word) || /^[\d.:,_-]+$/.test(word)) return false;
  if (/^[A-Z]{20}$/.test(word)) return new Set(word).size >= 10;
  const distinct = new Set(word).size;
  if (/^[0-9a-f-]+$/i.test(word)) return distinct >= 9 && /\d/.test(word);
  if (distinct < 9 || !/\d/.test(word) || !/[A-Za-z]/.test(word)) return false;
  // Names that end in a number (`production-database-12`) are mostly letters of one case, in few runs.
  const turns = word.match(/[a-z]+|[A-Z]+|\d+|[^A-Za-z0-9]+/g)?.length ?? 0;
  return turns * 5 >= word.length;
}
