import type { Command } from 'commander';
import type { CrsDetector } from '../crs/detector.ts';
import { createCrsDetector } from '../crs/detector.ts';
import type { Crs } from '../crs/load.ts';
import { loadCrs } from '../crs/load.ts';
import { loadNativeEngine } from '../crs/regex/native.ts';
import type { Context } from './context.ts';
import { readCrsFolder } from './crs-folder.ts';

export interface CrsOptions {
  readonly crs?: string;
}

/** `--crs DIR` of the commands that let rules look at requests. */
export function addCrsOption(command: Command): Command {
  return command.option(
    '--crs <folder>',
    'judge requests by the OWASP Core Rule Set in this folder as well; sundew crs check FOLDER tells how much of it runs',
  );
}

/** The rule set that the options name, ready; undefined when they name none. What it lacks is told in one line. */
export function openCrs(
  { crs: path }: CrsOptions,
  { terminal }: Pick<Context, 'terminal'>,
): CrsDetector | undefined {
  if (path === undefined) return undefined;
  const crs = loadRuleSet(path);
  const lacks = [
    ...(crs.faults.length > 0 ? [`${crs.faults.length} of its rules cannot be used`] : []),
    ...(crs.hasInjection ? [] : ['without @datadog/native-appsec its rules by libinjection never hold']),
  ];
  if (lacks.length > 0) {
    terminal.err(`sundew: the Core Rule Set: ${lacks.join(', and ')} (sundew crs check ${path})\n`);
  }
  return createCrsDetector(crs);
}

export function loadRuleSet(path: string): Crs {
  return loadCrs(readCrsFolder(path), loadNativeEngine());
}
