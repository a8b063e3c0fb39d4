import type { Command } from 'commander';
import type { VerifiedFile } from '../../audit/scope/log/verify-log.ts';
import { verifyLog } from '../../audit/scope/log/verify-log.ts';
import { printableText } from '../../model/printable.ts';
import type { ListView } from '../../outputs/column.ts';
import { timeText } from '../../outputs/times.ts';
import { auditLogFolder } from '../audit/scope-options.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import { Complaint, Exit } from '../exit.ts';
import type { ListOptions } from '../list.ts';
import { addListOptions, printList } from '../list.ts';
import { dataOption } from '../options.ts';

interface Options extends ListOptions {
  readonly data?: string;
}

interface VerifyOptions {
  readonly data?: string;
  readonly head?: string;
}

export const auditLogCommand: AddCommand = (program, context, end) => {
  const log = program
    .command('audit-log')
    .description('every command that audits sent, and whether that log was changed since');
  withData(addListOptions(log.command('list')))
    .description('the runs: when, by whom, how many servers and commands')
    .action(async (options: Options) => list(options, context));
  withData(log.command('verify'))
    .description('check every line; exit status 1 when one was changed, removed or added')
    .option('--head <chain>', 'a chain that an audit printed: its line has to be there')
    .action(async (options: VerifyOptions) => end(await verify(options, context)));
};

function withData(command: Command): Command {
  return command.addOption(dataOption());
}

async function list(options: Options, context: Context): Promise<void> {
  const { files } = await verified(options.data);
  await printList(files, view, options, context);
}

async function verify({ data, head }: VerifyOptions, { terminal }: Context): Promise<Exit> {
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head))
    throw new Complaint(
      `'${printableText(head, 80)}' is no chain.`,
      'It has 64 hex digits; audits print it at their end.',
    );
  const { files, missing } = await verified(data, head);
  const broken = files.filter(({ state }) => state === 'broken');
  for (const { file, fault = '' } of broken) await terminal.out(`${file}: ${fault}\n`);
  for (const line of missing) await terminal.out(`${line}\n`);
  if (broken.length + missing.length > 0) return Exit.findings;
  const lines = files.reduce((sum, one) => sum + one.lines, 0);
  const cut = files.filter(({ state }) => state === 'cut').length;
  const unended = cut === 0 ? '' : `; ${cut} without an end (killed, or still running)`;
  const last = files.findLast(({ header }) => header?.worker === undefined)?.chain;
  await terminal.out(
    `${files.length} files, ${lines} lines, all hang together${unended}.${last === undefined ? '' : ` The last chain is ${last}.`}\n`,
  );
  return Exit.fine;
}

async function verified(data: string | undefined, head?: string): ReturnType<typeof verifyLog> {
  const folder = auditLogFolder(dataFolder(data));
  try {
    return await verifyLog(folder, head);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Complaint(
      `${folder} cannot be read (${String(error.code)}).`,
      'Read it as the account that audits, or name its folder with --data.',
    );
  }
}

const view: ListView<VerifiedFile> = {
  columns: [
    {
      name: 'started',
      title: 'STARTED',
      cell: ({ header }) => (header === undefined ? '' : timeText(header.time)),
    },
    { name: 'by', title: 'BY', cell: ({ header }) => printableText(header?.by ?? '', 40) },
    { name: 'dialled', title: 'DIALLED', cell: ({ dialled }) => String(dialled), align: 'right' },
    { name: 'commands', title: 'COMMANDS', cell: ({ commands }) => String(commands), align: 'right' },
    {
      name: 'state',
      title: 'STATE',
      cell: ({ state, fault }) => (fault === undefined ? state : `${state}: ${fault}`),
    },
    { name: 'file', title: 'FILE', cell: ({ file }) => file },
    { name: 'chain', title: 'CHAIN', cell: ({ chain }) => chain, csvOnly: true },
  ],
  time: ({ header }) => header?.time ?? 0,
};
