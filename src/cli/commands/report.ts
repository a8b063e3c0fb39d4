import { rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Option } from 'commander';
import { periodReport } from '../../analysis/period-report.ts';
import { periodHtml } from '../../outputs/period/html.ts';
import { periodMarkdown } from '../../outputs/period/markdown.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { WorldShapes } from '../../outputs/world-map.ts';
import { packagedText } from '../../platform/files.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import { Complaint } from '../exit.ts';
import { readHistory } from '../history.ts';
import { loadKnowledge } from '../knowledge.ts';
import { dataOption, ruleFoldersOption } from '../options.ts';
import { loadPlaces } from '../places.ts';

interface Options {
  readonly last: string;
  readonly format: 'html' | 'md' | 'json';
  readonly out?: string;
  readonly data?: string;
  readonly rules: readonly string[];
}

const UNIT: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

export const reportCommand: AddCommand = (program, context) => {
  program
    .command('report')
    .description(
      'one page about a span of time, to be published: figures, map, campaigns, techniques, new indicators',
    )
    .option('--last <span>', 'the last 24h, 7d, 30d, 4w; compared with the same time before', '24h')
    .addOption(
      new Option('--format <format>', 'html, Markdown or JSON (default: by the ending of --out, else html)')
        .choices(['html', 'md', 'json'])
        .default('html', ''),
    )
    .option('--out <file>', 'where to write it (default: to stdout)')
    .addOption(dataOption())
    .addOption(ruleFoldersOption())
    .action(async (options: Options, command: { getOptionValueSource(name: string): string | undefined }) => {
      const chosen = command.getOptionValueSource('format') !== 'default';
      await report(chosen ? options : { ...options, format: formatOf(options) }, context);
    });
};

function formatOf({ out, format }: Options): Options['format'] {
  if (out?.endsWith('.md') === true) return 'md';
  return out?.endsWith('.json') === true ? 'json' : format;
}

async function report(options: Options, context: Context): Promise<void> {
  const { terminal, clock, version } = context;
  const length = spanOf(options.last);
  const data = dataFolder(options.data);
  const ledger = await readHistory(data, loadKnowledge(options.rules), terminal, { chronicle: true });
  const until = clock.now() + 1;
  const made = periodReport(ledger, { since: until - length, until }, loadPlaces(data, terminal).sources);
  const text =
    options.format === 'json'
      ? `${safeJson(made, 2)}\n`
      : options.format === 'md'
        ? periodMarkdown(made, version)
        : periodHtml(made, version, WorldShapes.parse(JSON.parse(packagedText('data/world-map.json'))));
  if (options.out === undefined) return terminal.out(text);
  const path = resolve(options.out);
  try {
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  } catch (error) {
    throw new Complaint(
      `The report cannot be written: ${(error as Error).message}.`,
      'Free the disk, or choose another place with --out.',
    );
  }
  terminal.err(`${path}: ${made.study.attacks} attacks, ${made.campaigns.length} campaigns.\n`);
}

function spanOf(text: string): number {
  const match = /^(\d{1,4})([hdw])$/.exec(text);
  const length = Number(match?.[1] ?? 0) * (UNIT[match?.[2] ?? ''] ?? 0);
  if (length === 0) throw new Complaint('--last is no span of time.', 'Write it as 24h, 7d, 30d or 4w.');
  return length;
}
