import { printableText } from '../model/printable.ts';
import type { Recording } from '../recordings/library.ts';
import { findRecordings } from '../recordings/library.ts';
import { dataFolder, recordingsFolder } from './data-folder.ts';
import { Complaint } from './exit.ts';

/** The recording of a session, by its id or the beginning of it; a complaint when that is none or several. */
export async function chooseRecording(session: string, data: string | undefined): Promise<Recording> {
  const found = session === '' ? [] : await findRecordings(recordingsFolder(dataFolder(data)), session);
  const [recording] = found;
  const name = printableText(session, 64);
  if (recording === undefined) {
    throw new Complaint(
      `There is no recording of a session ${name}.`,
      'List them with: sundew recordings. A sensor that runs with --no-recordings keeps none.',
    );
  }
  if (found.length === 1 || recording.head.session === session) return recording;
  const exact = found.find(({ head }) => head.session === session);
  if (exact !== undefined) return exact;
  const some = found.slice(0, 4).map(({ head }) => printableText(head.session, 64));
  throw new Complaint(
    `${found.length} sessions begin with ${name}: ${some.join(', ')}${found.length > 4 ? ', …' : ''}.`,
    'Give more of the id.',
  );
}
