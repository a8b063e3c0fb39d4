/**
 * The columns of a line of CSV (commas) or TSV. Quotes as in RFC 4180, except that a quoted column does not go over the end
 * of the line.
 */
export function splitColumns(line: string): string[] {
  if (line.includes('\t')) return line.split('\t').map((column) => column.trim());
  if (!line.includes('"')) return line.split(',').map((column) => column.trim());
  const columns: string[] = [];
  let column = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === '"' && quoted && line[at + 1] === '"') {
      column += '"';
      at++;
    } else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      columns.push(column.trim());
      column = '';
    } else column += char;
  }
  return [...columns, column.trim()];
}
