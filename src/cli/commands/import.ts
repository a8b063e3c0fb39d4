import { Option } from 'commander';
import { FORMATS } from '../../imports/format.ts';
import type { AddCommand } from '../context.ts';
import { addCrsOption } from '../crs-option.ts';
import { runFollow } from '../import/run-follow.ts';
import type { ImportOptions } from '../import/run-import.ts';
import { runImport } from '../import/run-import.ts';
import { trustedProxyOption } from '../import/trusted-proxy-option.ts';
import { addFsyncOption } from '../open-journal.ts';
import { dataOption, wholeNumber } from '../options.ts';

export const importCommand: AddCommand = (program, context, end) => {
  addCrsOption(addFsyncOption(program.command('import <file...>')))
    .description(
      'read what other sensors and servers recorded into the journal; - is standard input, .gz is unpacked',
    )
    .addOption(
      new Option('--format <name>', 'what the files are (default: told by their first lines)').choices(
        FORMATS,
      ),
    )
    .option(
      '--sensor <name>',
      'the sensor that the events are said to come from (default: the name of the file)',
    )
    .option(
      '--port <port>',
      'where the server listened that was watched (default: 6379, of web logs 80)',
      wholeNumber(1, 65_535),
    )
    .addOption(trustedProxyOption())
    .option('--follow', 'of one file: go on with what is appended, also across rotation, until interrupted')
    .option('--again', 'import files that were imported before')
    .option('--dry-run', 'only count; nothing is written')
    .option('--json', 'the summary as JSON')
    .addOption(dataOption())
    .action(async (files: string[], options: ImportOptions) =>
      end(await (options.follow === true ? runFollow : runImport)(files, options, context)),
    );
};
