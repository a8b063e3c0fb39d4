import type { Command } from 'commander';
import type { Ledger } from '../analysis/ledger.ts';
import type { Context } from './context.ts';
import type { CrsOptions } from './crs-option.ts';
import { addCrsOption, openCrs } from './crs-option.ts';
import { dataFolder } from './data-folder.ts';
import { readHistory } from './history.ts';
import { loadKnowledge } from './knowledge.ts';
import type { ListOptions } from './list.ts';
import { addListOptions } from './list.ts';
import { dataOption, ruleFoldersOption } from './options.ts';

/** Options of the commands that list what the journal holds. */
export interface HistoryOptions extends CrsOptions, ListOptions {
  readonly data?: string;
  readonly rules: readonly string[];
}

export function addHistoryCommand(program: Command, usage: string, text: string): Command {
  return addCrsOption(addListOptions(program.command(usage).description(text)))
    .addOption(dataOption())
    .addOption(ruleFoldersOption());
}

export const NOISE: readonly [flag: string, text: string] = [
  '--noise',
  'noise as well: research scanners, probes, other protocols, silence',
];

/** The ledger after the whole journal. */
export async function historyOf(
  options: HistoryOptions,
  { terminal }: Context,
  chronicle = false,
): Promise<Ledger> {
  return readHistory(dataFolder(options.data), loadKnowledge(options.rules), terminal, {
    crs: openCrs(options, { terminal }),
    chronicle,
  });
}
