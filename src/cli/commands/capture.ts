import { chmodSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { elfNames } from '../../capture/elf.ts';
import { CUSTOMARY_PASSWORD, exportZip } from '../../capture/export-zip.ts';
import { printableStrings } from '../../capture/printable-strings.ts';
import { contentOf, recordsIn } from '../../capture/quarantine.ts';
import { observablesIn } from '../../content/observables.ts';
import { bytesFromBuffer } from '../../model/bytes.ts';
import type { CaptureRecord } from '../../model/capture.ts';
import { printableText } from '../../model/printable.ts';
import { captureText, captureView } from '../../outputs/capture-view.ts';
import { defanged } from '../../outputs/defang.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import type { AddCommand, Context } from '../context.ts';
import { capturesFolder, dataFolder } from '../data-folder.ts';
import { Complaint } from '../exit.ts';
import type { ListOptions } from '../list.ts';
import { addFormatOptions, addListOptions, printList } from '../list.ts';
import { dataOption, wholeNumber } from '../options.ts';

interface FolderOptions {
  readonly data?: string;
}
interface ShowOptions extends FolderOptions {
  readonly strings: number;
  readonly json?: true;
  readonly ndjson?: true;
}
interface ExportOptions extends FolderOptions {
  readonly out?: string;
}

/** Of a file, what is read to be shown; and all of one, to be exported. */
const SHOWN_BYTES = 16_777_216;
const LARGEST = 1_073_741_824;
/** Of a file, what is searched for addresses, URLs and keys. */
const SEARCHED_STRINGS = 4_096;

export const captureCommand: AddCommand = (program, context) => {
  const capture = program
    .command('capture')
    .description('the files that masters sent (--capture masters) and that visitors handed in (--http)');
  addListOptions(capture.command('list').description('the captured files, the latest last'))
    .addOption(dataOption())
    .action((options: ListOptions & FolderOptions) =>
      printList(recordsIn(folderOf(options)), captureView, options, context),
    );
  addShow(capture, context);
  capture
    .command('export <sha256>')
    .description(
      `a file as a zip with the customary password (${CUSTOMARY_PASSWORD}), for analysis elsewhere`,
    )
    .option('--out <file>', 'where to write it (default: <sha256>.zip here)')
    .addOption(dataOption())
    .action((sha256: string, options: ExportOptions) => exported(sha256, options, context));
};

function addShow(capture: Command, context: Context): void {
  addFormatOptions(
    capture
      .command('show <sha256>')
      .description('what is known of a file, and what is in it; the beginning of its SHA-256 is enough')
      .addOption(
        new Option('--strings <n>', 'how many of its strings').argParser(wholeNumber(0, 10_000)).default(40),
      )
      .addOption(dataOption()),
  ).action(async (sha256: string, options: ShowOptions) => {
    const record = recordFor(sha256, options);
    const content = contentOf(folderOf(options), record.sha256, SHOWN_BYTES) ?? Buffer.alloc(0);
    const details = {
      record,
      symbols: elfNames(content)?.symbols ?? [],
      observables: placesIn(content),
      strings: printableStrings(content, options.strings),
    };
    if (options.json === true || options.ndjson === true) {
      return context.terminal.out(`${safeJson(details, options.json === true ? 2 : undefined)}\n`);
    }
    return context.terminal.out(captureText(details));
  });
}

/** Harmless to click on. */
function placesIn(content: Uint8Array): string[] {
  const texts = printableStrings(content, SEARCHED_STRINGS).join('\n');
  return observablesIn(bytesFromBuffer(Buffer.from(texts, 'latin1'))).map(
    ({ kind, value }) => `${kind} ${kind === 'ssh-key' || kind === 'wallet' ? value : defanged(value)}`,
  );
}

async function exported(sha256: string, options: ExportOptions, { terminal }: Context): Promise<void> {
  const record = recordFor(sha256, options);
  const content = contentOf(folderOf(options), record.sha256, LARGEST);
  if (content === undefined) throw missing(sha256);
  const path = resolve(options.out ?? `${record.sha256}.zip`);
  const zip = await exportZip(record, content);
  try {
    writeFileSync(path, zip, { flag: 'wx', mode: 0o600 });
    chmodSync(path, 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Complaint(
      `${path} cannot be written (${code}).`,
      'Name another file with --out FILE; one that is there is never overwritten.',
    );
  }
  await terminal.out(`${printableText(path)}\n`);
  terminal.err(`The password is ${CUSTOMARY_PASSWORD}. Open it only where nothing can be harmed.\n`);
}

function recordFor(sha256: string, options: FolderOptions): CaptureRecord {
  const wanted = sha256.toLowerCase();
  const found = recordsIn(folderOf(options)).filter((record) => record.sha256.startsWith(wanted));
  const [record] = found;
  if (!/^[0-9a-f]{4,64}$/.test(wanted) || record === undefined) throw missing(sha256);
  if (found.length > 1) {
    throw new Complaint(
      `${sha256} begins several files.`,
      'Give more of the SHA-256: sundew capture list --csv',
    );
  }
  return record;
}

function missing(sha256: string): Complaint {
  return new Complaint(
    `There is no captured file ${printableText(sha256, 64)}.`,
    'List them with: sundew capture list',
  );
}

function folderOf({ data }: FolderOptions): string {
  return capturesFolder(dataFolder(data));
}
