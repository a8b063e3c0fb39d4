import { Option } from 'commander';
import type { Check } from '../../audit/check.ts';
import { CHECKS } from '../../audit/checks.ts';
import { Axis } from '../../model/severity.ts';
import type { ListView } from '../../outputs/column.ts';
import type { AddCommand } from '../context.ts';
import type { ListOptions } from '../list.ts';
import { addFormatOptions, printList } from '../list.ts';

type Row = Omit<Check, 'run'>;

const checkView: ListView<Row> = {
  columns: [
    { name: 'id', title: 'CHECK', cell: ({ id }) => id },
    { name: 'axis', title: 'AXIS', cell: ({ axis }) => axis },
    { name: 'depth', title: 'DEPTH', cell: ({ depth }) => depth },
    { name: 'title', title: 'IT IS GOOD WHEN', cell: ({ title }) => title },
    { name: 'reads', title: 'READS', cell: ({ reads }) => reads.join(', ') },
  ],
};

interface Options extends ListOptions {
  readonly axis?: Axis;
}

export const checksCommand: AddCommand = (program, context) => {
  addFormatOptions(program.command('checks'))
    .description('every check of the audit: what it reads, and how deep the audit has to look for it')
    .addOption(new Option('--axis <axis>', 'only these').choices(Axis.options))
    .option('--contains <text>', 'only rows that contain this text, in any column, without regard to case')
    .option('--csv', 'as CSV (RFC 4180, safe to open in a spreadsheet)')
    .action(async (options: Options) => {
      const rows = CHECKS.filter(({ axis }) => options.axis === undefined || axis === options.axis);
      await printList(
        rows.map(({ id, axis, title, reads, depth }): Row => ({ id, axis, title, reads, depth })),
        checkView,
        options,
        context,
      );
    });
};
