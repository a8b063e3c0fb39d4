import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { Detection } from '../../detect/detector.ts';
import { followJournal } from '../../journal/follow.ts';
import { readJournal } from '../../journal/reader.ts';
import { Act } from '../../model/act.ts';
import type { Event } from '../../model/event.ts';
import { actText, eventLine, findingLines } from '../../outputs/event-text.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder, journalFolder } from '../data-folder.ts';
import { Complaint } from '../exit.ts';
import { startObservation } from '../history.ts';
import { loadKnowledge } from '../knowledge.ts';
import { collect, dataOption, ruleFoldersOption, wholeNumber } from '../options.ts';
import { styleFor } from '../terminal.ts';
import { timePoint } from '../time-point.ts';

interface EventOptions {
  readonly data?: string;
  readonly rules: readonly string[];
  readonly follow?: true;
  readonly since?: string;
  readonly until?: string;
  readonly session?: string;
  readonly source?: string;
  readonly sensor?: string;
  readonly type: readonly string[];
  readonly contains?: string;
  readonly last?: number;
  readonly ndjson?: true;
}

const TYPES: readonly string[] = Act.options.map((option) => option.shape.type.value);

export const eventsCommand: AddCommand = (program, context) => {
  addOptions(program.command('events'))
    .description('what happened, from the journal: each act, with the findings it completed')
    .action(async (options: EventOptions) => {
      const unknown = options.type.find((type) => !TYPES.includes(type));
      if (unknown !== undefined) {
        throw new Complaint(
          `There is no act type '${unknown.slice(0, 40)}'.`,
          `Use one of: ${TYPES.join(', ')}.`,
        );
      }
      await printEvents(options, context);
    });
};

function addOptions(command: Command): Command {
  return command
    .option('-f, --follow', 'go on with what comes, until interrupted')
    .option('--since <time>', 'from this time on (15m, 24h, 7d or an ISO time)')
    .option('--until <time>', 'before this time')
    .option('--session <id>', 'of this session')
    .option('--source <address>', 'from this address')
    .option('--sensor <name>', 'met by this sensor')
    .addOption(
      new Option('--type <act>', 'of this type, such as redis.value; may be repeated')
        .argParser(collect)
        .default([]),
    )
    .option('--contains <text>', 'whose line contains this text, without regard to case')
    .addOption(
      new Option('-n, --last <n>', 'only the last n of what is there (10 with --follow)').argParser(
        wholeNumber(0, 1_000_000),
      ),
    )
    .option('--ndjson', 'as JSON, one object a line, with its findings')
    .addOption(dataOption())
    .addOption(ruleFoldersOption());
}

/**
 * The rules see every event, so that a sequence that began before `--since` is still one; the filters decide what is
 * shown.
 */
async function printEvents(options: EventOptions, context: Context): Promise<void> {
  const { terminal, signal } = context;
  const folder = journalFolder(dataFolder(options.data));
  if (options.follow === undefined && !existsSync(folder)) {
    throw new Complaint(
      `There is no journal in ${dataFolder(options.data)}.`,
      'Start a sensor first (sundew up), or name the data folder with --data DIR.',
    );
  }
  const observation = startObservation(loadKnowledge(options.rules));
  const wanted = eventFilter(options, context.clock.now());
  const damaged = ({ message }: { message: string }): void => terminal.err(`sundew: ${message}\n`);
  const last = options.last ?? (options.follow === true ? 10 : undefined);
  let kept: string[] = [];
  const show = async (event: Event, keep: boolean): Promise<void> => {
    const detection = observation.observe(event);
    if (!wanted(event)) return;
    const text = eventText(event, detection, options, context);
    if (!keep || last === undefined) return terminal.out(text);
    kept.push(text);
    if (kept.length > last * 2 + 100) kept = kept.slice(kept.length - last);
    return undefined;
  };
  const showKept = async (): Promise<void> => {
    if (last !== undefined && last > 0) for (const text of kept.slice(-last)) await terminal.out(text);
    kept = [];
  };

  if (options.follow === undefined) {
    for await (const batch of readJournal(folder, {}, damaged))
      for (const event of batch) await show(event, true);
    return showKept();
  }
  if (!existsSync(folder))
    terminal.err(`Waiting for a journal in ${dataFolder(options.data)} (sundew up).\n`);
  let history = true;
  const caughtUp = (): Promise<void> => {
    history = false;
    return showKept();
  };
  for await (const batch of followJournal(folder, {}, damaged, signal, caughtUp)) {
    for (const event of batch) await show(event, history);
  }
  return undefined;
}

function eventText(
  event: Event,
  { findings }: Detection,
  options: EventOptions,
  { terminal }: Context,
): string {
  if (options.ndjson === true) return `${safeJson({ ...event, findings })}\n`;
  const style = styleFor(terminal, 'out');
  return eventLine(event, style) + findings.map((finding) => findingLines(finding, style)).join('');
}

function eventFilter(options: EventOptions, now: number): (event: Event) => boolean {
  const since = options.since === undefined ? -Infinity : timePoint(options.since, now);
  const until = options.until === undefined ? Infinity : timePoint(options.until, now);
  const text = options.contains?.toLowerCase();
  return ({ time, session, peer, sensor, act }) =>
    time >= since &&
    time < until &&
    (options.session === undefined || session === options.session) &&
    (options.source === undefined || peer.address === options.source) &&
    (options.sensor === undefined || sensor === options.sensor) &&
    (options.type.length === 0 || options.type.includes(act.type)) &&
    (text === undefined || `${peer.address} ${session} ${actText(act)}`.toLowerCase().includes(text));
}
