import type { Indicator } from '../../model/indicator.ts';
import { completed, imported, kindOf } from './imported-indicator.ts';
import type { ReadIndicators } from './indicator-file.ts';
import { MOST_INDICATORS } from './indicator-file.ts';

const KIND_COLUMNS = ['kind', 'type', 'ioc_type', 'indicator_type'];
const VALUE_COLUMNS = ['value', 'indicator', 'ioc', 'ioc_value'];

/** CSV (RFC 4180) with a line of names: `kind` or `type`, and `value`; the further columns of ours when they are there. */
export function indicatorsFromCsv(text: string, now: number): ReadIndicators {
  const indicators: Indicator[] = [];
  let skipped = 0;
  let columns: ReadonlyMap<string, number> | undefined;
  for (const row of csvRows(text)) {
    if ('fault' in row) return { line: row.line, message: row.fault };
    const { cells, line } = row;
    if (cells.length === 1 && (cells[0]?.trim() === '' || cells[0]?.startsWith('#') === true)) continue;
    if (columns === undefined) {
      columns = new Map(cells.map((name, at) => [name.trim().toLowerCase(), at]));
      if (columnOf(columns, KIND_COLUMNS) === undefined || columnOf(columns, VALUE_COLUMNS) === undefined)
        return { line, message: 'has no columns kind (or type) and value: name them in the first line' };
      continue;
    }
    const kindName = cells[columnOf(columns, KIND_COLUMNS) ?? -1];
    const value = cells[columnOf(columns, VALUE_COLUMNS) ?? -1];
    if (kindName === undefined || value === undefined || value === '')
      return { line, message: 'has no kind or no value' };
    const kind = kindOf(kindName);
    const one = kind === undefined ? undefined : indicatorOf(kind, value, cells, columns, now);
    if (one === undefined) skipped += 1;
    else indicators.push(one);
    if (indicators.length > MOST_INDICATORS)
      return { line, message: `is beyond the ${MOST_INDICATORS} indicators of one file` };
  }
  if (columns === undefined) return { message: 'holds no line of names' };
  return { indicators, skipped };
}

function columnOf(columns: ReadonlyMap<string, number>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const at = columns.get(name);
    if (at !== undefined) return at;
  }
  return undefined;
}

function indicatorOf(
  kind: Indicator['kind'],
  value: string,
  cells: readonly string[],
  columns: ReadonlyMap<string, number>,
  now: number,
): Indicator | undefined {
  const cell = (name: string): string => cells[columns.get(name) ?? -1] ?? '';
  const confidence = Number(cell('confidence'));
  const campaign = cell('campaign');
  const one = imported(kind, bare(kind, value), now, {
    ...(cell('confidence') !== '' && confidence >= 0 && confidence <= 1 ? { confidence } : {}),
    ...(campaign === '' ? {} : { campaign }),
    ...(cell('sample') === '' ? {} : { sample: cell('sample') }),
  });
  if (one === undefined) return undefined;
  const sessions = cell('session_ids')
    .split(' ', 100)
    .filter((id) => id !== '');
  const sources = cell('sources')
    .split(' ', 100)
    .filter((address) => address !== '');
  const time = Date.parse(cell('last_seen'));
  return completed(
    {
      ...one,
      ...(sessions.length > 0 ? { sessions } : {}),
      ...(Number.isNaN(time) ? {} : { firstSeen: time, lastSeen: time }),
      sources,
    },
    now,
  );
}

/** Our CSV puts an apostrophe before what a spreadsheet would take for a formula, and escapes what is not printable. */
function bare(kind: Indicator['kind'], value: string): string {
  const text = /^'\s*[=+\-@|%\t\r]/.test(value.slice(0, 64)) ? value.slice(1) : value;
  if (kind !== 'key' || !text.includes('\\')) return text;
  return text.replace(/\\(?:([nrt])|x([0-7][0-9a-f]))/g, (_, letter: string | undefined, hex: string) =>
    letter === undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : (LETTERS[letter] ?? letter),
  );
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

type Row =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly fault: string };

const LONGEST_CELL = 65_536;
const MOST_CELLS = 256;

/** Rows of CSV one by one; a quoted cell may hold line feeds. Linear in the text. */
function* csvRows(text: string): Generator<Row> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const first = line;
    const cells: string[] = [];
    for (let open = true; open; ) {
      if (cells.length >= MOST_CELLS)
        return yield { line: first, fault: `has more than ${MOST_CELLS} columns` };
      const quoted = text[at] === '"';
      const cell = quoted ? quotedCell(text, at) : plainCell(text, at);
      if (cell === undefined) return yield { line: first, fault: 'begins a quoted cell that never ends' };
      if (cell.text.length > LONGEST_CELL)
        return yield { line: first, fault: 'holds a cell of more than 64 KiB' };
      cells.push(cell.text);
      line += cell.lines;
      at = cell.end;
      if (text[at] === ',') at += 1;
      else {
        if (quoted && at < text.length && text[at] !== '\r' && text[at] !== '\n')
          return yield { line: first, fault: 'holds text behind a quoted cell' };
        if (text[at] === '\r') at += 1;
        if (text[at] === '\n') at += 1;
        line += 1;
        open = false;
      }
    }
    yield { line: first, cells };
  }
}

interface Cell {
  readonly text: string;
  readonly end: number;
  readonly lines: number;
}

function plainCell(text: string, at: number): Cell {
  let end = at;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { text: text.slice(at, end), end, lines: 0 };
}

function quotedCell(text: string, at: number): Cell | undefined {
  const pieces: string[] = [];
  for (let from = at + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    pieces.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      const whole = pieces.join('"');
      return { text: whole, end: quote + 1, lines: whole.split('\n').length - 1 };
    }
    from = quote + 2;
  }
}
