import { InvalidArgumentError, Option } from 'commander';
import { seenOnAll } from '../../analysis/doors.ts';
import { Protocol } from '../../model/act.ts';
import { sourceView } from '../../outputs/columns.ts';
import { doorView } from '../../outputs/door-view.ts';
import type { AddCommand } from '../context.ts';
import type { HistoryOptions } from '../history-options.ts';
import { addHistoryCommand, historyOf, NOISE } from '../history-options.ts';
import { printList } from '../list.ts';

interface Options extends HistoryOptions {
  readonly seenOn?: readonly Protocol[];
  readonly within: number;
}

const HOUR = 3_600_000;

export const sourcesCommand: AddCommand = (program, context) => {
  addHistoryCommand(program, 'sources', 'the addresses that came, what they did and how far they got')
    .option(...NOISE)
    .option(
      '--seen-on <doors>',
      'only addresses that were at all of these doors (redis,http,smb), with what they did at each',
      doorsOf,
    )
    .addOption(
      new Option('--within <span>', 'with --seen-on: within so long, such as 90m, 24h or 7d')
        .argParser(spanOf)
        .default(24 * HOUR, '24h'),
    )
    .action(async (options: Options) => {
      const ledger = await historyOf(options, context);
      if (options.seenOn === undefined) await printList(ledger.sources(), sourceView, options, context);
      else {
        const ties = seenOnAll(ledger.doors(), options.seenOn, options.within);
        await printList(ties.toReversed(), doorView, options, context);
      }
    });
};

function doorsOf(text: string): Protocol[] {
  const read = Protocol.array()
    .min(2)
    .safeParse([...new Set(text.toLowerCase().split(','))]);
  if (read.success) return read.data;
  throw new InvalidArgumentError('Name two or three of redis, http and smb, joined by commas.');
}

function spanOf(text: string): number {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('Write a span such as 90m, 24h or 7d.');
  return Number(count) * ({ m: 60_000, h: HOUR, d: 24 * HOUR }[unit ?? 'h'] ?? HOUR);
}
