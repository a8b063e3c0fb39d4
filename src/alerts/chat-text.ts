/**
 * Text that no chat service takes for a mention, a channel, an emoji or a template: the characters that begin one are
 * replaced by others that look like them. Nothing that a visitor wrote may call people, or look as if the operator did.
 */
export function chatText(text: string): string {
  return text.replace(/[<>@]/g, (character) => LOOKALIKES[character] ?? '').replace(/\{(?=\{)/g, '{ ');
}

const LOOKALIKES: Readonly<Record<string, string>> = { '<': '\u2039', '>': '\u203a', '@': '\uff20' };

/** For services that read Markdown: every character that could mean something to them is shown as itself. */
export function markdownText(text: string): string {
  return chatText(text).replace(/[\\`*_~|#[\]()!+-]/g, (character) => `\\${character}`);
}

/** At most `limit` UTF-16 units, a cut marked with an ellipsis and never inside of a character or an escape. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, Math.max(0, limit - 1));
  let escapes = 0;
  while (head[head.length - 1 - escapes] === '\\') escapes++;
  return `${(escapes % 2 === 1 ? head.slice(0, -1) : head).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** As many whole lines as have room, and how many have not. */
export function fitting(
  lines: readonly string[],
  limit: number,
  lengthOf = (text: string): number => text.length,
): string[] {
  const kept: string[] = [];
  let room = limit - RESERVE;
  for (const line of lines) {
    room -= lengthOf(line) + 1;
    if (room < 0) return [...kept, `… ${lines.length - kept.length} lines more: sundew findings`];
    kept.push(line);
  }
  return kept;
}

/** Room for the line that tells of those left out. */
const RESERVE = 60;
