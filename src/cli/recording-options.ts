import type { Command } from 'commander';
import { Option } from 'commander';
import { describeTrouble } from '../journal/trouble.ts';
import { printableText } from '../model/printable.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { openRecordings } from '../recordings/recordings.ts';
import type { Context } from './context.ts';
import { recordingsFolder } from './data-folder.ts';
import { Complaint } from './exit.ts';
import { wholeNumber } from './options.ts';

/** What `sundew up` keeps of the bytes of both sides. */
export interface RecordingOptions {
  readonly recordings: boolean;
  readonly recordingsMax: number;
}

const MEGABYTE = 1_048_576;
const USUAL_MEGABYTES = 1_024;

export function addRecordingOptions(command: Command): Command {
  return command
    .option('--no-recordings', 'do not keep the bytes of visits (sundew replay plays them)')
    .addOption(
      new Option('--recordings-max <n>', 'megabytes of all recordings; the oldest go first')
        .argParser(wholeNumber(8, 1_048_576))
        .default(USUAL_MEGABYTES),
    );
}

/** Undefined when nothing is to be kept. */
export async function openRecordingsOrComplain(
  { recordings, recordingsMax }: RecordingOptions,
  data: string,
  { clock, random, terminal }: Context,
): Promise<Recordings | undefined> {
  if (!recordings) return undefined;
  const folder = recordingsFolder(data);
  try {
    return await openRecordings({
      folder,
      clock,
      random,
      mostBytes: recordingsMax * MEGABYTE,
      onTrouble: (path, error) => {
        const { wrong, remedy } = describeTrouble(error);
        terminal.err(
          `sundew: recordings cannot be written to ${printableText(path)}: ${wrong}. ${remedy} Visits go on, with gaps in what is kept.\n`,
        );
      },
    });
  } catch (error) {
    const { wrong, remedy } = describeTrouble(error);
    throw new Complaint(
      `Recordings cannot be kept in ${folder}: ${wrong}.`,
      `${remedy} Or: --no-recordings.`,
    );
  }
}
