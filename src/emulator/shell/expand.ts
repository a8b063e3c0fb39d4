import type { ByteString } from '../../model/bytes.ts';
import type { Environment } from './environment.ts';
import type { Word, WordPart } from './syntax.ts';

type Substitute = (text: ByteString, env: Environment) => ByteString;

const LONGEST = 65_536;
const MOST_WORDS = 512;

/** A word with all in it put in place, as one text. */
export function wordText(word: Word, env: Environment, substitute: Substitute): ByteString {
  return word
    .map((part) => partText(part, env, substitute))
    .join('')
    .slice(0, LONGEST);
}

/** The same, split at blanks where an expansion outside of quotes brought them. */
export function wordTexts(word: Word, env: Environment, substitute: Substitute): ByteString[] {
  const words: ByteString[] = [];
  let current: ByteString | undefined;
  for (const part of word) {
    const text = partText(part, env, substitute).slice(0, LONGEST);
    if (part.kind === 'text' || part.quoted) {
      current = (current ?? '') + text;
      continue;
    }
    const pieces = text.split(/[ \t\n]+/);
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && current !== undefined) {
        words.push(current);
        current = undefined;
      }
      if (piece !== '') current = (current ?? '') + piece;
      if (words.length >= MOST_WORDS) return words;
    }
  }
  if (current !== undefined) words.push(current);
  return words;
}

function partText(part: WordPart, env: Environment, substitute: Substitute): ByteString {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'command':
      return substitute(part.text, env);
    case 'arithmetic':
      return arithmetic(part.text, env);
    case 'variable':
      return variable(part.text, env);
  }
}

function variable(text: string, env: Environment): ByteString {
  if (text === '?') return String(env.status);
  if (text === '$') return env.variables.get('$') ?? '';
  if (text === '0') return 'sh';
  if (/^[\d#!@*-]$/.test(text)) return text === '#' ? '0' : '';
  const [, name = '', operator = '', other = ''] =
    /^([A-Za-z_]\w{0,127})(:?[-+=?]|)([^]{0,4096})/.exec(text.slice(0, 4_096)) ?? [];
  const value = env.variables.get(name) ?? '';
  if (operator.endsWith('+')) return value === '' ? '' : other;
  return value === '' && operator !== '' ? other : value;
}

/** One operation on two numbers or variables: enough for a counter or a little check that somebody is there. */
function arithmetic(text: string, env: Environment): ByteString {
  const value = (word: string): number =>
    Number(/^\d+$/.test(word) ? word : (env.variables.get(word.replace('$', '')) ?? '0')) || 0;
  const [, left = '', operator = '', right = ''] =
    /^\s*(\$?\w{1,32})\s*(?:([-+*/%])\s*(\$?\w{1,32})\s*)?$/.exec(text.slice(0, 128)) ?? [];
  const [one, two] = [value(left), value(right)];
  switch (operator) {
    case '+':
      return String(one + two);
    case '-':
      return String(one - two);
    case '*':
      return String(one * two);
    case '/':
      return two === 0 ? '' : String(Math.trunc(one / two));
    case '%':
      return two === 0 ? '' : String(one % two);
    default:
      return String(one);
  }
}
