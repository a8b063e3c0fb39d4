import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { networkText } from '../analysis/place-shares.ts';
import { addressNumber } from '../geo/address-number.ts';
import type { BuiltIndex } from '../geo/build-index.ts';
import { buildIndex, PlaceFileError } from '../geo/build-index.ts';
import { printable } from '../model/printable.ts';
import { safeJson } from '../outputs/safe-json.ts';
import { errorCode } from '../platform/error-code.ts';
import type { Context } from './context.ts';
import { dataFolder, placesFile } from './data-folder.ts';
import { Complaint } from './exit.ts';
import { dataOption } from './options.ts';
import { loadPlaces, placeSourceText } from './places.ts';

interface BuildOptions {
  readonly data?: string;
  readonly out?: string;
  readonly name?: string;
  readonly licence?: string;
  readonly date?: string;
}

/** `sundew data geo ...`: what countries and networks are told from. */
export function addGeoCommands(data: Command, context: Context): void {
  const { terminal } = context;
  const geo = data.command('geo').description('countries and networks of addresses: a hint, never a fact');
  geo
    .command('show', { isDefault: true })
    .description('which data tells them, and how old it is')
    .addOption(dataOption())
    .option('--json', 'as one JSON document')
    .action(async (options: { data?: string; json?: true }) => {
      const { sources, path } = loadPlaces(dataFolder(options.data), terminal);
      if (options.json === true) return terminal.out(`${safeJson({ path, sources }, 2)}\n`);
      if (path === undefined) {
        return terminal.err(
          'No index: no country is shown.\n        Make one: sundew data geo build FILE...\n',
        );
      }
      const lines = sources.map((one) => `${placeSourceText(one)}; licence: ${one.licence}`);
      return terminal.out(`${path}\n${lines.join('\n')}\n`);
    });
  geo
    .command('lookup <address...>')
    .description('where addresses seem to be')
    .addOption(dataOption())
    .option('--json', 'as one JSON document')
    .action(async (addresses: string[], options: { data?: string; json?: true }) => {
      const { placeOf, sources } = loadPlaces(dataFolder(options.data), terminal);
      const wrong = addresses.find((address) => addressNumber(address) === undefined);
      if (wrong !== undefined) {
        throw new Complaint(
          `${printable(wrong, 60)} is no address.`,
          'Write it as 192.0.2.1 or 2001:db8::1.',
        );
      }
      const found = addresses.map((address) => ({ address, ...placeOf(address) }));
      if (options.json === true) return terminal.out(`${safeJson(found, 2)}\n`);
      for (const { address, ...place } of found) {
        const told = [place.country ?? 'unknown', networkText(place), place.kind].filter((one) => one);
        await terminal.out(`${address}  ${told.join('  ')}\n`);
      }
      return terminal.err(
        `By ${sources.map(placeSourceText).join('; ') || 'nothing'}: a hint, not a fact.\n`,
      );
    });
  geo
    .command('build <file...>')
    .description(
      'make the index from your own files: MaxMind, DB-IP, iptoasn, IPinfo, RouteViews; CSV, TSV or mmdb, .gz too',
    )
    .addOption(dataOption())
    .option('--out <file>', 'where to write it (default: places.idx in the data folder)')
    .option('--name <text>', 'how the data is called beside each country (default: the names of the files)')
    .option('--licence <text>', 'its licence, for those you pass results on to')
    .option('--date <day>', 'the day of the data, 2026-06-17 (default: as the file says)')
    .addHelpText('after', '\nOf two files that tell the same, the one named first counts.\n')
    .action((files: string[], options: BuildOptions) => build(files, options, context));
}

async function build(files: readonly string[], options: BuildOptions, { terminal }: Context): Promise<void> {
  if (options.date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(options.date)) {
    throw new Complaint(`${printable(options.date, 40)} is no day.`, 'Write it as 2026-06-17.');
  }
  const { name, licence, date } = options;
  const inputs = files.map((path) => ({
    path: resolve(path),
    ...(name === undefined ? {} : { name }),
    ...(licence === undefined ? {} : { licence }),
    ...(date === undefined ? {} : { date }),
  }));
  const built = await buildIndex(inputs, (text) => terminal.status(text)).catch((error: unknown) => {
    if (error instanceof PlaceFileError) {
      throw new Complaint(`${error.message}.`, 'docs/data.md lists the kinds of files.');
    }
    if (errorCode(error) === undefined) throw error;
    throw new Complaint(`A file cannot be read: ${(error as Error).message}.`, 'Check its path and rights.');
  });
  terminal.status('');
  const out = options.out === undefined ? placesFile(dataFolder(options.data)) : resolve(options.out);
  await writeIndex(out, built);
  for (const remark of built.remarks) terminal.err(`sundew: ${remark}\n`);
  await terminal.out(
    `${out}: ${built.ipv4} IPv4 and ${built.ipv6} IPv6 ranges, by ${built.sources.map(placeSourceText).join('; ')}\n`,
  );
}

/** Written beside and moved, so that a full disk leaves the old one. */
async function writeIndex(path: string, { file }: BuiltIndex): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, file);
    await rename(`${path}.new`, path);
  } catch (error) {
    throw new Complaint(
      `The index cannot be written: ${(error as Error).message}.`,
      'Free the disk, or choose another place with --out.',
    );
  }
}
