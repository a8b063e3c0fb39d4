import type { Command } from 'commander';
import { Option } from 'commander';
import type { AuditTarget } from '../../audit/ask/target.ts';
import { printableText } from '../../model/printable.ts';
import { checks } from '../../selfcheck/checks.ts';
import type { Server } from '../../selfcheck/compare-servers.ts';
import { compareServers, pairChecks } from '../../selfcheck/compare-servers.ts';
import type { SelfCheckReport } from '../../selfcheck/self-check.ts';
import { selfCheck } from '../../selfcheck/self-check.ts';
import { LoginRefused } from '../../selfcheck/session.ts';
import { place } from '../audit/scope.ts';
import { wantedTargets } from '../audit/targets.ts';
import type { AddCommand, Context } from '../context.ts';
import { Complaint, Exit } from '../exit.ts';
import type { ListOptions } from '../list.ts';
import { addFormatOptions, printList } from '../list.ts';
import { wholeNumber } from '../options.ts';
import type { TellRow } from '../self-check-view.ts';
import { checkRow, checkView, pairRow, pairText, selfCheckText, tellView } from '../self-check-view.ts';
import { styleFor } from '../terminal.ts';

interface Options extends Pick<ListOptions, 'json' | 'ndjson' | 'csv'> {
  readonly list?: true;
  readonly only?: readonly string[];
  readonly intrusive?: true;
  readonly consent?: true;
  readonly idle: number;
}

/** Pairs grow with the square. */
const MOST_TARGETS = 8;

export const selfCheckCommand: AddCommand = (program, context, end) => {
  formats(program.command('self-check [target...]'))
    .description(
      'run the known ways to unmask a sensor against your own sensors, and print what gives them away',
    )
    .option('--list', 'print all checks with their sources, ask nobody')
    .addOption(new Option('--only <ids>', 'only these checks, by id, with commas between').argParser(ids))
    .option(
      '--intrusive',
      'also what changes settings, role and snapshots for a moment: own sensors and servers that may be lost',
    )
    .addOption(
      new Option('--idle <seconds>', 'also wait whether a silent connection is kept for this long')
        .argParser(wholeNumber(0, 3_600))
        .default(0),
    )
    .option('--consent', 'you own these servers or may look into them; needed outside of private networks')
    .addHelpText('after', HELP)
    .action(async (words: string[], options: Options) => end(await run(words, options, context)));
};

const HELP = `
Exit status 1 when anything gives a server away. With two servers or more it is also looked for what they share.
It writes keys with a random prefix and deletes them; --only and docs/self-check.md tell what each check does.
A password comes from redis://USER:PASSWORD@HOST or from REDISCLI_AUTH.`;

async function run(words: readonly string[], options: Options, context: Context): Promise<Exit> {
  const { terminal, clock, random, signal } = context;
  if (options.list === true) {
    await printList([...checks.map(checkRow), ...pairChecks.map(pairRow)], checkView, options, context);
    return Exit.fine;
  }
  const servers = await wantedServers(words, options.consent === true);
  const people = options.json === undefined && options.ndjson === undefined && options.csv === undefined;
  const style = styleFor(terminal, 'out');
  const rows: TellRow[] = [];
  const reached: typeof servers = [];
  let partial = false;
  for (const server of servers) {
    const { target, address, login } = server;
    const report = await reaching(target, terminal, () =>
      selfCheck(address, login, {
        random,
        clock,
        signal,
        idleMs: options.idle * 1_000,
        intrusive: options.intrusive === true,
        ...(options.only === undefined ? {} : { only: options.only }),
        onProgress: (done, total, id) => terminal.status(`${target.text}: ${done} of ${total} ${id}`),
      }),
    );
    terminal.status('');
    partial ||= report === undefined || isUnfinished(report);
    if (report === undefined) continue;
    reached.push(server);
    rows.push(...report.tells.map((tell) => ({ target: target.text, ...tell })));
    if (people) await terminal.out(selfCheckText(target.text, report, style));
  }
  for (const [one, other] of options.only === undefined ? pairs(reached) : []) {
    if (signal.aborted) break;
    const name = `${one.target.text} ${other.target.text}`;
    const tells = await reaching(other.target, terminal, () => compareServers(one, other, { random, clock }));
    partial ||= tells === undefined;
    rows.push(...(tells ?? []).map((tell) => ({ target: name, ...tell })));
    if (people && tells !== undefined) await terminal.out(pairText(name, tells, style));
  }
  if (!people) await printList(rows, tellView, options, context);
  if (rows.length > 0) return Exit.findings;
  return partial || signal.aborted ? Exit.partial : Exit.fine;
}

/** The command line's targets, with the address that was judged. */
async function wantedServers(
  words: readonly string[],
  consent: boolean,
): Promise<(Server & { target: AuditTarget })[]> {
  const { wanted } = wantedTargets(words, undefined);
  if (wanted.length === 0 || wanted.length > MOST_TARGETS) {
    throw new Complaint(
      wanted.length === 0 ? 'There is no server to check.' : `More than ${MOST_TARGETS} servers at once.`,
      'Name one or a few, for example sundew self-check redis://127.0.0.1:6379, or --list to see what is asked.',
    );
  }
  const servers: (Server & { target: AuditTarget })[] = [];
  for (const target of wanted) {
    if ('fault' in target) throw new Complaint(target.fault, 'Write redis://HOST:PORT.');
    if (target.tls)
      throw new Complaint(`${target.text}: TLS is not checked.`, 'Name the plain port of the same sensor.');
    const at = await place(target.host);
    if ('fault' in at)
      throw new Complaint(`The name ${target.host} has no address (${at.fault}).`, 'Check its spelling.');
    if (!at.own && !consent) {
      throw new Complaint(
        `Outside of your own networks: ${target.text}. Nothing was sent.`,
        'If you own this server or may look into it, say so with --consent.',
        Exit.scope,
      );
    }
    servers.push({
      target,
      address: { host: at.address, port: target.port },
      login: { user: target.user, password: target.password },
    });
  }
  return servers;
}

/** Undefined, with a line on stderr, when the server cannot be asked. */
async function reaching<T>(
  target: AuditTarget,
  terminal: Context['terminal'],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LoginRefused)
      throw new Complaint(
        `${target.text} refused the login: ${error.message}`,
        'Put the password into redis://USER:PASSWORD@HOST:PORT or REDISCLI_AUTH.',
      );
    if (!(error instanceof Error)) throw error;
    terminal.err(`sundew: ${target.text} could not be asked: ${printableText(error.message, 200)}\n`);
    return undefined;
  }
}

/** Checks that should have run and did not come to an end. */
function isUnfinished({ notRun }: SelfCheckReport): boolean {
  return notRun.some(({ why }) => !/^(changes the server|the server wants|only for|texts of)/.test(why));
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other): [T, T] => [one, other]));
}

function formats(command: Command): Command {
  return addFormatOptions(command).option('--csv', 'as CSV (RFC 4180, safe to open in a spreadsheet)');
}

function ids(text: string): readonly string[] {
  const wanted = text
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  const unknown = wanted.find((id) => !checks.some((check) => check.id === id));
  if (unknown !== undefined)
    throw new Complaint(
      `There is no check '${printableText(unknown, 40)}'.`,
      'sundew self-check --list names them all.',
    );
  return wanted;
}
