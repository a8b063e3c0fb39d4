import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import { printableText } from '../../model/printable.ts';
import { csvHeader, csvRow } from '../../outputs/csv.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { table } from '../../outputs/table.ts';
import { openChdb } from '../../store/chdb-engine.ts';
import { followIntoStore } from '../../store/follow-journal.ts';
import { storeSize } from '../../store/keep-days.ts';
import { TABLES } from '../../store/schema.ts';
import type { Row, StoreEngine } from '../../store/store-engine.ts';
import { StoreError } from '../../store/store-engine.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder, journalFolder, storeFolder } from '../data-folder.ts';
import { Complaint } from '../exit.ts';
import { dataOption, wholeNumber } from '../options.ts';
import { loadPlaces } from '../places.ts';
import { styleFor } from '../terminal.ts';

interface QueryFlags {
  readonly data?: string;
  readonly json?: true;
  readonly ndjson?: true;
  readonly csv?: true;
  readonly seconds: number;
}

export const storeCommand: AddCommand = (program, context) => {
  const store = program
    .command('store')
    .description('the analytical store: all events of the journal as a table to ask in SQL (ClickHouse)');
  store
    .command('status', { isDefault: true })
    .description('what is in it, and how much disk it takes')
    .addOption(dataOption())
    .option('--json', 'as one JSON document')
    .action(({ data, json }: { data?: string; json?: true }) =>
      withStore(dataFolder(data), async (engine) => {
        const { events, bytes, days } = await storeSize(engine);
        if (json === true) return context.terminal.out(`${safeJson({ events, bytes, days }, 2)}\n`);
        return context.terminal.out(
          `${storeFolder(dataFolder(data))}: ${events} events of ${days.length} days, ${bytes} bytes\n`,
        );
      }),
    );
  store
    .command('schema')
    .description('the tables, as they are made')
    .action(() => context.terminal.out(`${TABLES.join(';\n\n')};\n`));
  store
    .command('rebuild')
    .description('remove it and make it again from the journal')
    .addOption(dataOption())
    .action(({ data }: { data?: string }) => rebuild(dataFolder(data), context));
  addQueryCommand(store, context);
};

function addQueryCommand(store: Command, context: Context): void {
  store
    .command('query <sql>')
    .description(
      'ask it; reading only. Example: "SELECT country, count() FROM events GROUP BY 1 ORDER BY 2 DESC"',
    )
    .addOption(dataOption())
    .addOption(new Option('--json', 'as one JSON document').conflicts(['ndjson', 'csv']))
    .addOption(new Option('--ndjson', 'as JSON, one object a line').conflicts('csv'))
    .option('--csv', 'as CSV (RFC 4180, safe to open in a spreadsheet)')
    .addOption(
      new Option('--seconds <n>', 'how long it may take').argParser(wholeNumber(1, 86_400)).default(60),
    )
    .action((sql: string, options: QueryFlags) =>
      withStore(dataFolder(options.data), async (engine) => {
        const rows = await engine.query(sql, {}, { seconds: options.seconds, bytes: 4_000_000_000 });
        await printRows(rows, options, context);
      }),
    );
}

async function printRows(rows: readonly Row[], options: QueryFlags, { terminal }: Context): Promise<void> {
  if (options.json === true) return terminal.out(`${safeJson(rows, 2)}\n`);
  if (options.ndjson === true) {
    for (const row of rows) await terminal.out(`${safeJson(row)}\n`);
    return;
  }
  const columns = Object.keys(rows[0] ?? {}).map((name) => ({
    name: printableText(name, 100),
    title: printableText(name, 100),
    cell: (row: Row) => printableText(cellText(row[name]), 2_000),
  }));
  if (options.csv === true) {
    await terminal.out(csvHeader(columns));
    for (const row of rows) await terminal.out(csvRow(row, columns));
    return;
  }
  if (rows.length === 0) return terminal.err('No rows.\n');
  await terminal.out(table(rows, columns, { width: terminal.width, style: styleFor(terminal, 'out') }));
}

function cellText(value: unknown): string {
  return typeof value === 'string' ? value : safeJson(value);
}

async function rebuild(data: string, { terminal, clock, signal }: Context): Promise<void> {
  if (!existsSync(journalFolder(data))) {
    throw new Complaint(
      `There is no journal in ${data}.`,
      'Start a sensor first (sundew up), or name the data folder with --data DIR.',
    );
  }
  // Opened before it is removed: the lock of a running one is respected.
  if (existsSync(storeFolder(data))) await withStore(data, async () => undefined, true);
  await rm(storeFolder(data), { recursive: true, force: true });
  const started = clock.monotonic();
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort(), { once: true });
  let events = 0;
  await withStore(data, (engine) =>
    followIntoStore({
      engine,
      folder: journalFolder(data),
      placeOf: loadPlaces(data, terminal).placeOf,
      now: () => clock.now(),
      onDamage: ({ message }) => terminal.err(`sundew: ${message}\n`),
      onBatch: (count) => {
        events = count;
        const seconds = (clock.monotonic() - started) / 1_000;
        terminal.status(`store: ${count} events, ${Math.round(count / Math.max(seconds, 0.001))} a second`);
      },
      onCaughtUp: () => stop.abort(),
      signal: stop.signal,
    }),
  );
  terminal.status('');
  const seconds = (clock.monotonic() - started) / 1_000;
  await terminal.out(
    `${events} events in ${seconds.toFixed(1)} s, ${Math.round(events / seconds)} a second\n`,
  );
}

/** @param damaged a store that does not open is no reason to stop, unless another process has it. */
async function withStore<T>(
  data: string,
  job: (engine: StoreEngine) => Promise<T>,
  damaged = false,
): Promise<T | undefined> {
  try {
    if (!existsSync(journalFolder(data))) {
      throw new StoreError(
        `There is no journal in ${data}.`,
        'Start a sensor first (sundew up), or name the data folder with --data DIR.',
      );
    }
    const engine = await openChdb(storeFolder(data));
    try {
      return await job(engine);
    } finally {
      await engine.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (damaged && !/another process/i.test(error.remedy)) return undefined;
    throw new Complaint(error.message, error.remedy);
  }
}
