/** Texts up to this many bytes are searched with V8's own expressions, which backtrack: so short that it costs nothing. */
export const SHORT_TEXT = 200;

/** White space as RE2 has it: V8 counts more (U+00A0, a byte that Latin text has). */
const SPACE = '\\t\\n\\f\\r ';

/**
 * An expression of RE2 as V8 reads it: white space, the dot and `(?s)` mean the same as there. Undefined where V8 has no such
 * expression.
 */
export function shortExpression(re2: string): RegExp | undefined {
  const dotAll = re2.startsWith('(?s)');
  if (/\(\?[a-zA-Z]+\)|\(\?P</.test(dotAll ? re2.slice('(?s)'.length) : re2)) return undefined;
  const source = dotAll ? re2.slice('(?s)'.length) : re2;
  let translated = '';
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? '';
    if (character === '\\') {
      at++;
      translated += escapeOf(source[at] ?? '', inClass);
    } else if (character === '[' && !inClass) {
      inClass = true;
      // A bracket right behind the opening one stands for itself.
      const head = /^\[\^?\]?/.exec(source.slice(at))?.[0] ?? '[';
      translated += head.endsWith(']') ? `${head.slice(0, -1)}\\]` : head;
      at += head.length - 1;
    } else if (character === ']' && inClass) {
      inClass = false;
      translated += character;
    } else if (character === '.' && !inClass) translated += dotAll ? '[^]' : '[^\\n]';
    else translated += character;
  }
  return new RegExp(translated, 'i');
}

function escapeOf(letter: string, inClass: boolean): string {
  if (letter === 's') return inClass ? SPACE : `[${SPACE}]`;
  if (letter === 'S' && !inClass) return `[^${SPACE}]`;
  if (letter === 'z') return '$';
  return `\\${letter}`;
}
