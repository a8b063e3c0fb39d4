import type { Command } from 'commander';
import { Option } from 'commander';
import { affectedBy } from '../../audit/vulnerable/affected-by.ts';
import { parseVersion } from '../../audit/vulnerable/version.ts';
import type { VulnerabilityData } from '../../audit/vulnerable/vulnerability-data.ts';
import { printable, printableText } from '../../model/printable.ts';
import type { Severity } from '../../model/severity.ts';
import { severityRank } from '../../model/severity.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import type { AddCommand, Context } from '../context.ts';
import { Complaint } from '../exit.ts';
import { addGeoCommands } from '../geo-commands.ts';
import type { ListOptions } from '../list.ts';
import { addFormatOptions, printList } from '../list.ts';
import { severityOption } from '../options.ts';
import { cvesOption, readVulnerabilities } from '../vulnerability-file.ts';
import { summariseData, summaryText } from '../vulnerability-summary.ts';
import type { FlawRow } from '../vulnerability-view.ts';
import { advisoryRow, cveRow, flawView } from '../vulnerability-view.ts';

interface FileOptions {
  readonly cves?: string;
  readonly json?: true;
}

interface ListFlags extends ListOptions, FileOptions {
  readonly engine?: 'redis' | 'valkey';
  readonly severity?: Severity;
  readonly affects?: string;
  readonly json?: true;
}

export const dataCommand: AddCommand = (program, context) => {
  const data = program
    .command('data')
    .description('what is known of vulnerabilities and of addresses, and how old it is');
  data
    .command('summary', { isDefault: true })
    .description('age, counts, newest releases, branches without fixes')
    .addOption(cvesOption())
    .option('--json', 'as one JSON document')
    .action(async ({ cves, json }: FileOptions) => {
      const summary = summariseData(readVulnerabilities(cves), context.clock.now());
      await context.terminal.out(json === true ? `${safeJson(summary, 2)}\n` : summaryText(summary));
      warnWhenStale(summary.ageDays, summary.stale, context);
    });
  data
    .command('show <id>')
    .description('all that is known of one CVE or advisory')
    .addOption(cvesOption())
    .option('--json', 'as one JSON document')
    .action(async (id: string, { cves, json }: FileOptions) => {
      const row = rowsOf(readVulnerabilities(cves)).find((one) => one.id.toLowerCase() === id.toLowerCase());
      if (row === undefined) {
        throw new Complaint(
          `${printable(id, 60)} is not in the data.`,
          'sundew data list has all that are; sundew data says how old it is.',
        );
      }
      await context.terminal.out(json === true ? `${safeJson(row, 2)}\n` : rowText(row));
    });
  addListCommand(data, context);
  addGeoCommands(data, context);
};

function addListCommand(data: Command, context: Context): void {
  addFormatOptions(data.command('list'))
    .description('every CVE, and every fix that got none')
    .addOption(cvesOption())
    .addOption(new Option('--engine <engine>', 'only those that affect it').choices(['redis', 'valkey']))
    .addOption(severityOption('--severity', 'only this severity and above'))
    .option(
      '--affects <version>',
      'only those that this release of --engine (default: redis) has, by its number alone',
    )
    .option('--contains <text>', 'only rows that contain this text, in any column, without regard to case')
    .option('--csv', 'as CSV (RFC 4180, safe to open in a spreadsheet)')
    .action(async (options: ListFlags) => {
      const known = readVulnerabilities(options.cves);
      await printList(selected(known, options), flawView, options, context);
      const { ageDays, stale } = summariseData(known, context.clock.now());
      warnWhenStale(ageDays, stale, context);
    });
}

function selected(data: VulnerabilityData, { engine, severity, affects }: ListFlags): FlawRow[] {
  const least = severity === undefined ? 0 : severityRank(severity);
  const heavy = (row: FlawRow): boolean => severityRank(row.severity) >= least;
  if (affects !== undefined) {
    const version = parseVersion(affects);
    if (version === undefined) {
      throw new Complaint(`${printable(affects, 60)} is no release.`, 'Write it as 7.0.15.');
    }
    const ids = new Set(affectedBy(data, engine ?? 'redis', version));
    return rowsOf(data).filter((row) => ids.has(row.id) && heavy(row));
  }
  return rowsOf(data).filter(
    (row) =>
      heavy(row) && (engine === undefined || row.affected.some((range) => range.startsWith(`${engine} `))),
  );
}

function rowsOf(data: VulnerabilityData): FlawRow[] {
  return [...data.cves.map(cveRow), ...data.advisories_without_cve.map(advisoryRow)];
}

function warnWhenStale(days: number, stale: boolean, { terminal }: Context): void {
  if (!stale) return;
  terminal.err(
    `The data is ${days} days old: what was published since is missing.\n        Update Sundew, or give a newer file with --cves (docs/data.md).\n`,
  );
}

function rowText(row: FlawRow): string {
  const score = row.cvss === null ? '' : ` ${row.cvss}`;
  const others = row.otherScores === '' ? '' : ` (${row.otherScores})`;
  const lines: (readonly [string, string])[] = [
    ['severity', `${row.severity}${score}${others}`],
    ['kind', row.kind],
    ...row.affected.map((range, at) => [at === 0 ? 'affected' : '', range] as const),
    ['login', row.auth],
    ['needs', row.needs.join(', ')],
    ['exploited', row.exploited],
    ['disputed', row.disputed ? 'yes' : ''],
    ['same bug as', row.sameBugAs],
    ['note', row.note],
    ...row.sources.map((source, at) => [at === 0 ? 'sources' : '', source] as const),
  ];
  const told = lines.filter(([, value]) => value !== '');
  return [
    `${row.id}: ${printableText(row.title, 500)}\n`,
    ...told.map(([name, value]) => `${name.padEnd(12)} ${printableText(value, 2_000)}\n`),
  ].join('');
}
