import { InvalidArgumentError, Option } from 'commander';
import { Severity } from '../model/severity.ts';

/** Options that several commands share, so that they read and mean the same everywhere. */
export const dataOption = (): Option =>
  new Option(
    '--data <folder>',
    'where the journal is kept (default: SUNDEW_DATA, else ~/.local/share/sundew)',
  );

export const ruleFoldersOption = (): Option =>
  new Option('--rules <path>', 'your own rules as well: a folder or a .yaml file; may be repeated')
    .argParser(collect)
    .default([], 'the shipped rules');

export const severityOption = (flag: string, text: string): Option =>
  new Option(`${flag} <severity>`, text).choices(Severity.options);

export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** A whole number from `low` to `high`, for options. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= low && number <= high)) {
      throw new InvalidArgumentError(`It has to be a whole number from ${low} to ${high}.`);
    }
    return number;
  };
}
