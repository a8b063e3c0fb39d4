import { readJournal } from '../../journal/reader.ts';
import type { Event } from '../../model/event.ts';
import { sessionView } from '../../outputs/columns.ts';
import { eventLine, findingLines } from '../../outputs/event-text.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder, journalFolder } from '../data-folder.ts';
import { Complaint } from '../exit.ts';
import type { HistoryOptions } from '../history-options.ts';
import { addHistoryCommand, historyOf, NOISE } from '../history-options.ts';
import { printList } from '../list.ts';
import { styleFor } from '../terminal.ts';

export const sessionsCommand: AddCommand = (program, context) => {
  addHistoryCommand(program, 'sessions [id]', 'the visits; with an id, all that one visit did')
    .option(...NOISE)
    .action(async (id: string | undefined, options: HistoryOptions) => {
      const ledger = await historyOf(options, context);
      if (id === undefined) return printList(ledger.sessions(), sessionView, options, context);
      const session = ledger.session(id);
      if (session === undefined) {
        throw new Complaint(`There is no session ${id.slice(0, 80)}.`, 'List them with: sundew sessions');
      }
      const findings = ledger.findings().filter((finding) => finding.session === id);
      const events = await eventsOf(id, options, context);
      if (options.json === true || options.ndjson === true) {
        return context.terminal.out(`${safeJson({ session, findings, events }, 2)}\n`);
      }
      const style = styleFor(context.terminal, 'out');
      for (const event of events) {
        await context.terminal.out(eventLine(event, style));
        for (const finding of findings) {
          if (finding.evidence.at(-1)?.event === event.id)
            await context.terminal.out(findingLines(finding, style));
        }
      }
      return undefined;
    });
};

async function eventsOf(session: string, options: HistoryOptions, { terminal }: Context): Promise<Event[]> {
  const events: Event[] = [];
  const folder = journalFolder(dataFolder(options.data));
  for await (const batch of readJournal(folder, { session }, ({ message }) => terminal.err(`${message}\n`))) {
    events.push(...batch);
  }
  return events;
}
