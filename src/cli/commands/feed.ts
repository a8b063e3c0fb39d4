import { Argument, Option } from 'commander';
import { feedItems } from '../../analysis/feed-items.ts';
import { IndicatorKind } from '../../model/indicator.ts';
import type { Column } from '../../outputs/column.ts';
import type { Tlp } from '../../outputs/feeds/feed.ts';
import { TLP } from '../../outputs/feeds/feed.ts';
import { FEED_FORMATS } from '../../outputs/feeds/feed-formats.ts';
import { table } from '../../outputs/table.ts';
import { createOutputFile } from '../audit/output-file.ts';
import { confidence } from '../confidence.ts';
import type { AddCommand } from '../context.ts';
import { Complaint } from '../exit.ts';
import { historyOf } from '../history-options.ts';
import { dataOption, ruleFoldersOption } from '../options.ts';
import { styleFor } from '../terminal.ts';

interface FeedOptions {
  readonly list?: true;
  readonly kind: readonly IndicatorKind[];
  readonly minConfidence: number;
  readonly tlp: Tlp;
  readonly producer: string;
  readonly out?: string;
  readonly data?: string;
  readonly rules: readonly string[];
}

const MORE = `
What is given is what is worth using now: each indicator loses half of its confidence after some days without being seen
(addresses 7, servers behind attacks 14 to 30, files and keys a year or two), and is left out below --min-confidence.
Private addresses and services that everybody uses are never in it. docs/feeds.md`;

/** What the sensors have learnt, in the formats of other tools. */
export const feedCommand: AddCommand = (program, context) => {
  program
    .command('feed')
    .description('what the sensors have learnt, for other tools: STIX, MISP, block lists, rules')
    .addArgument(new Argument('[format]', 'see --list').choices(FEED_FORMATS.map(({ name }) => name)))
    .option('--list', 'the formats, and what reads them')
    .addOption(
      new Option('--kind <kind>', 'only this kind of indicator; may be repeated')
        .argParser(kindOf)
        .default([], 'all'),
    )
    .addOption(
      new Option('--min-confidence <n>', 'only those at least this sure now, 0 to 1')
        .argParser(confidence)
        .default(0.5),
    )
    .addOption(
      new Option('--tlp <colour>', 'how far it may be passed on (Traffic Light Protocol)')
        .choices(TLP)
        .default('amber'),
    )
    .option('--producer <name>', 'who gives it to others', 'Sundew')
    .option('--out <file>', 'into this file, which is there as a whole or not at all')
    .addOption(dataOption())
    .addOption(ruleFoldersOption())
    .addHelpText('after', MORE)
    .action(async (name: string | undefined, options: FeedOptions) => {
      const { terminal, clock } = context;
      const format = FEED_FORMATS.find((one) => one.name === name);
      if (format === undefined || options.list === true) {
        await terminal.out(
          table(FEED_FORMATS, COLUMNS, { width: terminal.width, style: styleFor(terminal, 'out') }),
        );
        return;
      }
      const ledger = await historyOf(options, context);
      const now = clock.now();
      const items = feedItems(ledger.indicators(), ledger.campaigns(), {
        now,
        minConfidence: options.minConfidence,
        kinds: options.kind.length === 0 ? undefined : options.kind,
      });
      const text = format.write(items, {
        now,
        producer: options.producer.slice(0, 100),
        tlp: options.tlp,
      });
      if (options.out === undefined) return terminal.out(text);
      const file = await createOutputFile(options.out, 'replace', 0o644);
      await file.write(text);
      await file.end();
      terminal.err(`sundew: ${items.length} indicators, ${format.name}, in ${options.out}\n`);
    });
};

function kindOf(text: string, before: readonly IndicatorKind[]): readonly IndicatorKind[] {
  const kind = IndicatorKind.safeParse(text);
  if (!kind.success)
    throw new Complaint(
      `There is no kind '${text.slice(0, 40)}'.`,
      `Kinds are ${IndicatorKind.options.join(', ')}.`,
    );
  return [...before, kind.data];
}

const COLUMNS: readonly Column<(typeof FEED_FORMATS)[number]>[] = [
  { name: 'format', title: 'FORMAT', cell: ({ name }) => name },
  { name: 'title', title: 'FOR', cell: ({ title }) => title },
];
