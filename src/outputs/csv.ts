import type { Column } from './column.ts';

/**
 * One line of CSV (RFC 4180), with CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe in front
 * (OWASP, CSV injection), because key names and values come from attackers.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

export function csvHeader<T>(columns: readonly Column<T>[]): string {
  return csvLine(columns.map(({ name }) => name));
}

export function csvRow<T>(item: T, columns: readonly Column<T>[]): string {
  return csvLine(columns.map(({ cell }) => cell(item)));
}

function csvCell(text: string): string {
  const safe =
    /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r]/.test(text.slice(0, 256)) &&
    !/^-?\d+(\.\d+)?$/.test(text.slice(0, 32))
      ? `'${text}`
      : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
