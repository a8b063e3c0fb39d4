import type { ByteString } from '../../model/bytes.ts';

/** Text with `%{...}` in it: plain parts, and places to look up. */
export type Macro = readonly (ByteString | Reference)[];

/** `%{TX.1}` is collection `TX`, name `1`; `%{MATCHED_VAR}` has no name. */
export interface Reference {
  /** Upper case. */
  readonly collection: string;
  /** Lower case. */
  readonly name: string | undefined;
}

const REFERENCE = /%\{([^}.:]+)(?:[.:]([^}]*))?\}/g;

export function parseMacro(text: ByteString): Macro {
  const parts: (ByteString | Reference)[] = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push({ collection: (match[1] ?? '').toUpperCase(), name: match[2]?.toLowerCase() });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

export function isPlain(macro: Macro): boolean {
  return macro.every((part) => typeof part === 'string');
}

export function expand(macro: Macro, look: (reference: Reference) => ByteString): ByteString {
  let text = '';
  for (const part of macro) text += typeof part === 'string' ? part : look(part);
  return text;
}
