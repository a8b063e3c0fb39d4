import { createRequire } from 'node:module';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Context } from './context.ts';
import { storeFolder } from './data-folder.ts';
import { wholeNumber } from './options.ts';
import type { RunningStore } from './start-store.ts';
import { startStore } from './start-store.ts';

export interface StoreOptions {
  readonly store: boolean;
  readonly keepDays: number;
  readonly storeBudget: number;
}

const DEFAULT_BUDGET = '20G';

export function addStoreOptions(command: Command): Command {
  return command
    .option('--no-store', 'run without the analytical store: the dashboard then knows the newest events only')
    .addOption(
      new Option('--keep-days <n>', 'days that the store keeps; the journal keeps all (0: all)')
        .argParser(wholeNumber(0, 36_500))
        .default(0, '0'),
    )
    .addOption(
      new Option(
        '--store-budget <bytes>',
        'disk the store may take (500M, 20G); beyond it the oldest days leave it',
      )
        .argParser(byteCount)
        .default(byteCount(DEFAULT_BUDGET), DEFAULT_BUDGET),
    );
}

/** Undefined when it is switched off, or its packages are not there: that is told. */
export function openStore(
  { store, keepDays, storeBudget }: StoreOptions,
  data: string,
  { terminal }: Context,
): RunningStore | undefined {
  if (!store) return undefined;
  try {
    createRequire(import.meta.url).resolve('chdb');
  } catch {
    terminal.err(
      'sundew: the optional package chdb is not installed: no analytical store. Searching and charts know what is remembered only.\n        npm install --include=optional brings it; --no-store silences this.\n',
    );
    return undefined;
  }
  return startStore({ store: storeFolder(data), data, days: keepDays, budget: storeBudget }, (text) =>
    terminal.err(text),
  );
}

function byteCount(text: string): number {
  const match = /^(\d{1,6})([MGT])$/.exec(text);
  const unit = { M: 1e6, G: 1e9, T: 1e12 }[match?.[2] ?? ''];
  if (match === null || unit === undefined || Number(match[1]) === 0) {
    throw new InvalidArgumentError('Write it as 500M, 20G or 1T.');
  }
  return Number(match[1]) * unit;
}
