import { Option } from 'commander';
import { IndicatorKind } from '../../model/indicator.ts';
import { indicatorView } from '../../outputs/columns.ts';
import { confidence } from '../confidence.ts';
import type { AddCommand } from '../context.ts';
import type { HistoryOptions } from '../history-options.ts';
import { addHistoryCommand, historyOf } from '../history-options.ts';
import { printList } from '../list.ts';

interface IndicatorOptions extends HistoryOptions {
  readonly kind?: IndicatorKind;
  readonly minConfidence: number;
}

export const indicatorsCommand: AddCommand = (program, context) => {
  addHistoryCommand(
    program,
    'indicators',
    'what to look for elsewhere, learnt from the attacks on the sensors',
  )
    .addOption(new Option('--kind <kind>', 'only this kind').choices(IndicatorKind.options))
    .addOption(
      new Option('--min-confidence <n>', 'only those at least this sure, 0 to 1')
        .argParser(confidence)
        .default(0),
    )
    .action(async (options: IndicatorOptions) => {
      const ledger = await historyOf(options, context);
      const wanted = ledger
        .indicators()
        .filter(({ kind }) => options.kind === undefined || kind === options.kind)
        .filter((indicator) => indicator.confidence >= options.minConfidence)
        .toSorted((a, b) => a.confidence - b.confidence || a.lastSeen - b.lastSeen);
      await printList(wanted, indicatorView, options, context);
    });
};
