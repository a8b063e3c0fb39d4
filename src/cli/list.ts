import type { Command } from 'commander';
import { Option } from 'commander';
import type { ListView } from '../outputs/column.ts';
import { csvHeader, csvRow } from '../outputs/csv.ts';
import { safeJson } from '../outputs/safe-json.ts';
import { table } from '../outputs/table.ts';
import type { Context } from './context.ts';
import { wholeNumber } from './options.ts';
import type { Terminal } from './terminal.ts';
import { styleFor } from './terminal.ts';
import { timePoint } from './time-point.ts';

/** What every command that prints a list understands. */
export interface ListOptions {
  readonly since?: string;
  readonly until?: string;
  readonly contains?: string;
  readonly limit?: number;
  /** Shows noise as well, where a list has any. */
  readonly noise?: true;
  readonly json?: true;
  readonly ndjson?: true;
  readonly csv?: true;
}

export function addListOptions(command: Command): Command {
  return addFormatOptions(
    command
      .option('--since <time>', 'only what was last seen at this time or later (15m, 24h, 7d or an ISO time)')
      .option('--until <time>', 'only what was last seen before this time')
      .option('--contains <text>', 'only rows that contain this text, in any column, without regard to case')
      .addOption(new Option('--limit <n>', 'only the last n rows').argParser(wholeNumber(1, 10_000_000))),
  ).option('--csv', 'as CSV (RFC 4180, safe to open in a spreadsheet)');
}

export function addFormatOptions(command: Command): Command {
  return command
    .addOption(new Option('--json', 'as one JSON document').conflicts(['ndjson', 'csv']))
    .addOption(new Option('--ndjson', 'as JSON, one object a line').conflicts('csv'));
}

/** Filters, then prints in the format asked for. */
export async function printList<T>(
  items: readonly T[],
  view: ListView<T>,
  options: ListOptions,
  { terminal, clock }: Context,
): Promise<void> {
  const telling = options.noise === true ? items : items.filter((item) => view.noise?.(item) !== true);
  const shown = filtered(telling, view, options, clock.now());
  sayHidden(items.length - telling.length, items.length, terminal);
  if (options.json === true) return terminal.out(`${safeJson(shown, 2)}\n`);
  if (options.ndjson === true) {
    for (const item of shown) await terminal.out(`${safeJson(item)}\n`);
    return;
  }
  if (options.csv === true) {
    await terminal.out(csvHeader(view.columns));
    for (const item of shown) await terminal.out(csvRow(item, view.columns));
    return;
  }
  if (shown.length === 0)
    return terminal.err(`Nothing to show${items.length > 0 ? ' with these filters' : ' yet'}.\n`);
  await terminal.out(table(shown, view.columns, { width: terminal.width, style: styleFor(terminal, 'out') }));
}

function sayHidden(hidden: number, all: number, terminal: Terminal): void {
  if (hidden === 0) return;
  terminal.err(
    `${hidden} of ${all} are noise (research scanners, probes, other protocols, silence) and left out; --noise shows them.\n`,
  );
}

export function filtered<T>(
  items: readonly T[],
  { columns, time }: ListView<T>,
  options: ListOptions,
  now: number,
): readonly T[] {
  const since = options.since === undefined ? -Infinity : timePoint(options.since, now);
  const until = options.until === undefined ? Infinity : timePoint(options.until, now);
  const wanted = options.contains?.toLowerCase();
  const kept = items.filter((item) => {
    const at = time?.(item);
    if (at !== undefined && (at < since || at >= until)) return false;
    return wanted === undefined || columns.some(({ cell }) => cell(item).toLowerCase().includes(wanted));
  });
  return options.limit === undefined ? kept : kept.slice(-options.limit);
}
