import type { Command } from 'commander';
import { Option } from 'commander';
import { Severity } from '../../model/severity.ts';
import { FormatName, formatOfFile } from '../../outputs/audit-formats.ts';
import { Complaint } from '../exit.ts';
import { collect } from '../options.ts';

export interface OutputOptions {
  readonly format?: FormatName;
  readonly json?: true;
  readonly ndjson?: true;
  readonly out: readonly string[];
  readonly details?: true;
  readonly keep?: true;
  readonly verbose?: true;
  readonly resume?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly suppressions?: string;
  readonly failOn: Severity | 'none';
}

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup('What comes out:')
    .addOption(
      new Option('--format <format>', 'what is printed (default: text of one server, a table of many)')
        .choices(FormatName.options)
        .conflicts(['json', 'ndjson']),
    )
    .addOption(new Option('--json', 'the same as --format json').conflicts('ndjson'))
    .option('--ndjson', 'the same as --format ndjson: one report a line, as they finish')
    .addOption(
      new Option(
        '--out <file>',
        'a file as well, its format by its ending: .txt .json .ndjson .sarif .xml (JUnit) .csv .html .prom; may be repeated',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--details', 'of many servers the full text of each, not a line')
    .option(
      '--keep',
      'keep the reports in the data folder as well: the dashboard shows them under My servers',
    )
    .option('--verbose', 'all evidence, advice and what was not tested')
    .option('--resume <file>', 'write reports to this .ndjson file, and leave out the targets it already has')
    .option(
      '--baseline <file>',
      'an earlier JSON or NDJSON report or a written baseline: only what is new counts',
    )
    .option('--write-baseline <file>', 'keep what was found, in short, for --baseline')
    .option('--suppressions <file>', 'accepted risks (YAML), each with reason, expiry and name')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when there is a finding at least this bad')
        .choices(['none', ...Severity.options])
        .default('high'),
    );
}

export interface OutputPlan {
  readonly stdout: FormatName;
  /** After it comes the summary of many. */
  readonly forPeople: boolean;
  readonly files: readonly { readonly path: string; readonly format: FormatName }[];
}

/** What goes where. A complaint when it cannot be told, before anything is asked of a server. */
export function outputPlan(options: OutputOptions, servers: number): OutputPlan {
  const { format, json, ndjson, out, details } = options;
  const asked = json === true ? 'json' : ndjson === true ? 'ndjson' : format;
  const stdout = asked ?? (servers > 1 && details !== true ? 'table' : 'text');
  const files = out.map((path) => ({ path, format: formatOfFile(path) ?? complain(path) }));
  const paths = [...out, options.resume, options.writeBaseline].filter((path) => path !== undefined);
  const twice = paths.find((path, at) => paths.indexOf(path) !== at);
  if (twice !== undefined)
    throw new Complaint(`${twice} is to be written twice.`, 'Name another file for one of them.');
  return { stdout, forPeople: stdout === 'text' || stdout === 'table', files };
}

function complain(path: string): never {
  throw new Complaint(
    `The ending of ${path} names no format.`,
    'Use .txt, .json, .ndjson, .sarif, .xml (JUnit), .csv, .html or .prom.',
  );
}
