import type { ByteString } from '../../model/bytes.ts';

/** What a filter reckons with. A truth value is the number 1 or 0, a list is for `in`. */
export type FilterValue = number | ByteString | null | readonly FilterValue[];

export type Operator =
  | '('
  | ')'
  | 'not'
  | '**'
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '>'
  | '>='
  | '<'
  | '<='
  | '=='
  | '!='
  | 'in'
  | 'and'
  | 'or';

export type FilterToken =
  | { readonly kind: 'value'; readonly value: FilterValue }
  /** A member of the element's JSON object, by its name. */
  | { readonly kind: 'field'; readonly name: ByteString }
  | { readonly kind: 'operator'; readonly operator: Operator }
  /** A word that 8.0 knows and cannot reckon with. */
  | { readonly kind: 'null' };

const SPELLINGS: ReadonlyMap<string, Operator> = new Map([
  ...(['(', ')', 'not', '**', '*', '/', '%', '+', '-', '>', '>=', '<', '<=', '==', '!=', 'in'] as const).map(
    (operator) => [operator, operator] as const,
  ),
  ['!', 'not'],
  ['and', 'and'],
  ['&&', 'and'],
  ['or', 'or'],
  ['||', 'or'],
]);
const LONGEST_OPERATOR = 3;
const LONGEST_NUMBER = 255;

/** The tokens of an expression, or where it ceases to be one. Linear in its length. */
export function filterTokens(text: ByteString): readonly FilterToken[] | { readonly faultAt: number } {
  const tokens: FilterToken[] = [];
  let at = 0;
  const run = (allowed: RegExp): ByteString => {
    const from = at;
    while (at < text.length && allowed.test(text.charAt(at))) at++;
    return text.slice(from, at);
  };
  const number = (): number | undefined => {
    const minus = text[at] === '-' ? '-' : '';
    at += minus.length;
    const digits = run(/[\d.eE]/);
    if (digits.length > LONGEST_NUMBER || !/^\d+\.?\d*(e\d+)?$/i.test(digits)) return undefined;
    return Number(minus + digits);
  };
  const quoted = (): ByteString | undefined => {
    const quote = text[at++];
    const from = at;
    while (at < text.length && text[at] !== quote) at += text[at] === '\\' && at + 1 < text.length ? 2 : 1;
    return at < text.length ? text.slice(from, at++) : undefined;
  };
  const list = (): readonly FilterValue[] | undefined => {
    const items: FilterValue[] = [];
    at++;
    for (;;) {
      run(SPACE);
      if (text[at] === ']') break;
      const item = /[\d-]/.test(text.charAt(at))
        ? number()
        : /["']/.test(text.charAt(at))
          ? quoted()
          : undefined;
      if (item === undefined) return undefined;
      items.push(item);
      run(SPACE);
      if (text[at] === ']') break;
      if (text[at] !== ',') return undefined;
      at++;
    }
    at++;
    return items;
  };
  const operator = (): Operator | undefined => {
    for (let length = LONGEST_OPERATOR; length > 0; length--) {
      const found = SPELLINGS.get(text.slice(at, at + length));
      if (found === undefined) continue;
      at += length;
      return found;
    }
    run(/[A-Za-z+\-*%/!()<>=|&]/);
    return undefined;
  };
  const next = (): FilterToken | undefined => {
    if (/^null(?![A-Za-z+\-*%/!()<>=|&])/.test(text.slice(at, at + 5))) {
      at += 4;
      return { kind: 'null' };
    }
    const last = tokens.at(-1);
    const open = last === undefined || (last.kind === 'operator' && last.operator !== ')');
    const [char, following] = [text.charAt(at), text.charAt(at + 1)];
    if (/\d/.test(char) || (open && char === '-' && /\d/.test(following))) return valueToken(number());
    if (char === '"' || char === "'") return valueToken(quoted());
    if (char === '.' && /^[\w-]?$/.test(following)) {
      at++;
      return { kind: 'field', name: run(/[\w-]/) };
    }
    if (char === '[') return valueToken(list());
    const found = /[A-Za-z+\-*%/!()<>=|&]/.test(char) ? operator() : undefined;
    return found === undefined ? undefined : { kind: 'operator', operator: found };
  };
  for (;;) {
    run(SPACE);
    if (at >= text.length) return tokens;
    const token = next();
    if (token === undefined) return { faultAt: at };
    tokens.push(token);
  }
}

const SPACE = /[ \t-\r]/;

function valueToken(value: FilterValue | undefined): FilterToken | undefined {
  return value === undefined ? undefined : { kind: 'value', value };
}
