import { sourceView } from '../../outputs/columns.ts';
import type { AddCommand } from '../context.ts';
import type { HistoryOptions } from '../history-options.ts';
import { addHistoryCommand, historyOf, NOISE } from '../history-options.ts';
import { printList } from '../list.ts';

export const sourcesCommand: AddCommand = (program, context) => {
  addHistoryCommand(program, 'sources', 'the addresses that came, what they did and how far they got')
    .option(...NOISE)
    .action(async (options: HistoryOptions) => {
      await printList((await historyOf(options, context)).sources(), sourceView, options, context);
    });
};
