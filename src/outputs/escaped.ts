import { printableText } from '../model/printable.ts';

/**
 * Text for an XML or HTML text node or quoted attribute. Control characters, which XML 1.0 cannot hold at all, become
 * printable escapes; lines stay lines.
 */
export function escaped(text: string, limit = 4_000): string {
  return text
    .slice(0, limit)
    .split('\n')
    .map((line) => printableText(line, limit))
    .join('\n')
    .replace(/[\ufffe\uffff]/g, '?')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
