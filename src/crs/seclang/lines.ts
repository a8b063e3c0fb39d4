import type { ByteString } from '../../model/bytes.ts';

/** One directive with its continuation lines joined, and the number of its first line, counted from 1. */
export interface LogicalLine {
  readonly text: ByteString;
  readonly line: number;
}

/** A line that ends in a backslash goes on in the next one; a comment never does. */
export function logicalLines(text: ByteString): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let open: { text: string; line: number } | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const piece = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (/^\s*#/.test(piece) || (open === undefined && piece.trim() === '')) continue;
    const continues = piece.endsWith('\\');
    const content = continues ? piece.slice(0, -1) : piece;
    // Indentation of a continuation line only serves the eye: between actions it would be read as part of a name.
    open =
      open === undefined
        ? { text: content.trimStart(), line: index + 1 }
        : { text: open.text + content.trimStart(), line: open.line };
    if (continues) continue;
    lines.push(open);
    open = undefined;
  }
  if (open !== undefined) lines.push(open);
  return lines;
}
