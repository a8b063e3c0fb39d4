import type { Column } from './column.ts';
import type { Style } from './style.ts';

const GAP = '  ';

/**
 * A table for people. On a terminal of `width` columns the last column is cut to fit; a width of 0 cuts nothing but what
 * a column itself limits.
 */
export function table<T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  { width, style }: { width: number; style: Style },
): string {
  const shown = columns.filter(({ csvOnly }) => csvOnly !== true);
  const cells = items.map((item) => shown.map((column) => cut(column.cell(item), column.width ?? 0)));
  const widths = shown.map((column, at) =>
    Math.max(column.title.length, ...cells.map((row) => lengthOf(row[at] ?? ''))),
  );
  const line = (row: readonly string[]): string => {
    const text = row
      .map((cell, at) => padded(cell, widths[at] ?? 0, shown[at]?.align))
      .join(GAP)
      .trimEnd();
    return width > 0 ? cut(text, width) : text;
  };
  const head = style('bold', line(shown.map(({ title }) => title)));
  return `${[head, ...cells.map(line)].join('\n')}\n`;
}

function padded(text: string, width: number, align: 'right' | undefined): string {
  const blanks = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return align === 'right' ? blanks + text : text + blanks;
}

/** Characters, not code units: an emoji in a key name must not shift the row. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function cut(text: string, most: number): string {
  return most > 0 && lengthOf(text) > most
    ? `${Array.from(text)
        .slice(0, most - 1)
        .join('')}…`
    : text;
}
