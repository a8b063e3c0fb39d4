import { printableText } from '../../model/printable.ts';
import type { ListView } from '../../outputs/column.ts';
import { durationText, timeText } from '../../outputs/times.ts';
import { listRecordings, withoutParts } from '../../recordings/library.ts';
import type { AddCommand } from '../context.ts';
import { dataFolder, recordingsFolder } from '../data-folder.ts';
import type { ListOptions } from '../list.ts';
import { addListOptions, printList } from '../list.ts';
import { dataOption } from '../options.ts';

type Row = ReturnType<typeof withoutParts>;

const view: ListView<Row> = {
  time: ({ head, ms }) => head.opened + ms,
  columns: [
    { name: 'session', title: 'SESSION', cell: ({ head }) => printableText(head.session, 64) },
    { name: 'source', title: 'SOURCE', cell: ({ head }) => printableText(head.peer.address, 64) },
    { name: 'sensor', title: 'SENSOR', cell: ({ head }) => printableText(head.sensor, 64) },
    { name: 'opened', title: 'OPENED', cell: ({ head }) => timeText(head.opened) },
    { name: 'lasted', title: 'LASTED', align: 'right', cell: ({ ms }) => durationText(ms) },
    { name: 'visitor', title: 'BYTES IN', align: 'right', cell: ({ visitor }) => String(visitor) },
    { name: 'sensor_bytes', title: 'OUT', align: 'right', cell: ({ sensor }) => String(sensor) },
    { name: 'lost', title: 'NOT KEPT', align: 'right', cell: ({ lost }) => String(lost) },
    { name: 'whole', title: 'WHOLE', cell: wholeText },
  ],
};

function wholeText({ begun, ended, lost }: Row): string {
  if (!begun) return 'no beginning';
  if (lost > 0) return 'gaps';
  return ended ? 'yes' : 'no end';
}

export const recordingsCommand: AddCommand = (program, context) => {
  addListOptions(
    program.command('recordings').description('the visits whose bytes were kept; sundew replay plays one'),
  )
    .addOption(dataOption())
    .action(async (options: ListOptions & { readonly data?: string }) => {
      const found = await listRecordings(recordingsFolder(dataFolder(options.data)));
      return printList(found.map(withoutParts), view, options, context);
    });
};
