/** Breaks at spaces so that no line is wider than `width` columns; 0 breaks nothing, and a long word stays whole. */
export function wrapped(text: string, width: number, indent: string): string[] {
  const room = width - indent.length;
  if (width === 0 || room < 20) return [indent + text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}
