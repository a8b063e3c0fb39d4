import type { Command } from 'commander';
import { Option } from 'commander';
import type { Fsync, Journal } from '../journal/journal.ts';
import { JournalError, openJournal } from '../journal/journal.ts';
import type { Context } from './context.ts';
import { journalFolder } from './data-folder.ts';
import { Complaint } from './exit.ts';

export function addFsyncOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--fsync <when>',
      'what survives a power cut: always, all that was acknowledged; second, all but the last second; never, what the kernel wrote',
    )
      .choices(['always', 'second', 'never'])
      .default('second'),
  );
}

/** Opens the journal of a data folder; what stands in the way becomes a complaint with a remedy. */
export async function openJournalOrComplain(
  data: string,
  fsync: Fsync,
  { clock, random, terminal }: Context,
): Promise<Journal> {
  try {
    const journal = await openJournal({ folder: journalFolder(data), clock, random, fsync });
    for (const note of journal.recovered) terminal.err(`sundew: ${note}\n`);
    return journal;
  } catch (error) {
    if (error instanceof JournalError) throw new Complaint(error.message, error.remedy);
    throw error;
  }
}
