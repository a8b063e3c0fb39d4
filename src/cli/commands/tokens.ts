import { printable } from '../../model/printable.ts';
import type { ListView } from '../../outputs/column.ts';
import { timeText } from '../../outputs/times.ts';
import type { AddCommand } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import type { LaidToken } from '../honeytokens.ts';
import { laidTokens } from '../honeytokens.ts';
import type { ListOptions } from '../list.ts';
import { addListOptions, printList } from '../list.ts';
import { dataOption } from '../options.ts';

const view: ListView<LaidToken> = {
  time: ({ laid }) => laid,
  columns: [
    { name: 'kind', title: 'KIND', cell: ({ kind }) => kind },
    { name: 'token', title: 'TOKEN', cell: ({ token }) => printable(token, 128) },
    { name: 'sensor', title: 'SENSOR', cell: ({ sensor }) => printable(sensor, 128) },
    { name: 'db', title: 'DB', align: 'right', cell: ({ db }) => String(db) },
    { name: 'key', title: 'KEY', cell: ({ key }) => printable(key, 128) },
    { name: 'laid', title: 'LAID', cell: ({ laid }) => timeText(laid) },
  ],
};

export const tokensCommand: AddCommand = (program, context) => {
  addListOptions(
    program
      .command('tokens')
      .description('the honeytokens that lie in the sensors: whoever uses one elsewhere has read it there'),
  )
    .addOption(dataOption())
    .action((options: ListOptions & { readonly data?: string }) =>
      printList(laidTokens(dataFolder(options.data)), view, options, context),
    );
};
