import type { ByteString } from '../model/bytes.ts';

const MOST_ROWS = 500;
const MOST_COLUMNS = 64;
const HEADER =
  /^(?:\u00ef\u00bb\u00bf)?"?[A-Za-z_\u0080-\u00ff][\w .\u0080-\u00ff-]{0,40}"?(?:[,;\t|]"?[A-Za-z_\u0080-\u00ff][\w .\u0080-\u00ff-]{0,40}"?){1,63}\r?$/;

/** Rows under a line of names, each cell with its name before it (`phone: 0151 23456789 | ...`); undefined when it is no table. */
export function namedCells(text: ByteString): ByteString | undefined {
  const end = text.indexOf('\n');
  if (end < 3 || end > 2_000 || end === text.length - 1) return undefined;
  const header = text.slice(0, end);
  if (!HEADER.test(header)) return undefined;
  const separator = /[,;\t|]/.exec(header)?.[0] ?? ',';
  const names = cells(header.trimEnd(), separator);
  const rows = text.slice(end + 1).split('\n', MOST_ROWS);
  const lines = rows.flatMap((row) => {
    const values = cells(row.trimEnd(), separator);
    if (values.length !== names.length) return [];
    return [values.map((value, at) => `${names[at] ?? ''}: ${value}`).join(' | ')];
  });
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** Quotes may stand around a cell that holds the separator. */
function cells(row: ByteString, separator: string): string[] {
  if (!row.includes('"')) return row.split(separator, MOST_COLUMNS);
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of row) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      found.push(cell);
      cell = '';
      if (found.length >= MOST_COLUMNS) return found;
    } else cell += character;
  }
  return [...found, cell];
}

/** Of a table or a list in HTML the name stands in one element and the value in the next: `Phone: 0151 23456789`. */
export function namedElements(text: ByteString): ByteString | undefined {
  if (!/<\/(?:th|dt|td|label|b|strong)>/i.test(text)) return undefined;
  const plain = text.replace(
    /:?\s{0,4}<\/(?:th|dt|td|label|b|strong)>\s{0,20}<(?:td|dd|span|p|div)(?: [^<>]{0,120})?>/gi,
    ': ',
  );
  return plain === text ? undefined : plain;
}
