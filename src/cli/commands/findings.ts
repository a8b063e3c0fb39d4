import { findingView } from '../../outputs/columns.ts';
import type { AddCommand } from '../context.ts';
import type { HistoryOptions } from '../history-options.ts';
import { addHistoryCommand, historyOf } from '../history-options.ts';
import { printList } from '../list.ts';

export const findingsCommand: AddCommand = (program, context) => {
  addHistoryCommand(program, 'findings', 'what was done, how bad it is and why').action(
    async (options: HistoryOptions) => {
      await printList((await historyOf(options, context)).findings(), findingView, options, context);
    },
  );
};
