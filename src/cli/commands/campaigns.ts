import { campaignView } from '../../outputs/columns.ts';
import type { AddCommand } from '../context.ts';
import type { HistoryOptions } from '../history-options.ts';
import { addHistoryCommand, historyOf } from '../history-options.ts';
import { printList } from '../list.ts';

export const campaignsCommand: AddCommand = (program, context) => {
  addHistoryCommand(
    program,
    'campaigns',
    'sessions that belong together, and the reasons that tie them',
  ).action(async (options: HistoryOptions) => {
    await printList((await historyOf(options, context, true)).campaigns(), campaignView, options, context);
  });
};
