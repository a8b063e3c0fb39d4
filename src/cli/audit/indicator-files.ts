import { readFileSync, statSync } from 'node:fs';
import { Option } from 'commander';
import { LONGEST_INDICATOR_FILE } from '../../audit/infection/indicator-file.ts';
import { readIndicators } from '../../audit/infection/read-indicators.ts';
import type { Indicator } from '../../model/indicator.ts';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';
import { collect } from '../options.ts';
import type { Terminal } from '../terminal.ts';

const FORMATS =
  'Write CSV with the columns kind and value, JSON or NDJSON of sundew indicators, or a STIX 2.1 bundle.';

/** `--indicators FILE`; may be repeated. */
export const indicatorsOption = (): Option =>
  new Option(
    '--indicators <file>',
    'judge by these indicators as well: CSV, JSON or NDJSON of sundew indicators, or a STIX 2.1 bundle; may be repeated',
  )
    .argParser(collect)
    .default([], 'none');

/** All indicators of the files; a fault in any of them stops the command. */
export function indicatorsOf(
  files: readonly string[],
  now: number,
  terminal: Pick<Terminal, 'err'>,
): Indicator[] {
  return files.flatMap((file) => {
    const read = readIndicators(textOf(file), now);
    if ('message' in read) {
      const where = read.line === undefined ? '' : ` line ${read.line}`;
      throw new Complaint(`${file}:${where} ${read.message}.`, FORMATS);
    }
    if (read.skipped > 0)
      terminal.err(`sundew: ${file}: ${read.skipped} entries are of kinds that no audit can look for.\n`);
    return read.indicators;
  });
}

function textOf(file: string): string {
  try {
    if (statSync(file).size > LONGEST_INDICATOR_FILE)
      throw new Complaint(`${file} is larger than 64 MiB.`, 'Split it, and name both.');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const code = errorCode(error) ?? 'error';
    throw new Complaint(`${file} cannot be read (${code}).`, FORMATS);
  }
}
