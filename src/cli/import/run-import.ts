import { basename } from 'node:path';
import type { CrsDetector } from '../../crs/detector.ts';
import type { Format } from '../../imports/format.ts';
import { FORMATS, formatOf } from '../../imports/format.ts';
import { importStream } from '../../imports/import-stream.ts';
import { createTrustedProxies } from '../../imports/web/trusted-proxies.ts';
import type { Fsync } from '../../journal/journal.ts';
import { printableText } from '../../model/printable.ts';
import { timeText } from '../../outputs/times.ts';
import type { Context } from '../context.ts';
import type { CrsOptions } from '../crs-option.ts';
import { openCrs } from '../crs-option.ts';
import { dataFolder } from '../data-folder.ts';
import { Complaint, Exit } from '../exit.ts';
import { countingRecorder } from './count-acts.ts';
import type { Destination } from './destination.ts';
import { aborted, openDestination } from './destination.ts';
import type { ImportedFiles } from './imported-files.ts';
import type { InputFile } from './input-file.ts';
import { openInput } from './input-file.ts';
import { classesText, judgingRecorder } from './judge-acts.ts';
import type { FileSummary } from './summary.ts';
import { placeLines, summaryOf, summaryText } from './summary.ts';

export interface ImportOptions extends CrsOptions {
  readonly data?: string;
  readonly format?: Format;
  readonly sensor?: string;
  readonly port?: number;
  /** Ranges whose X-Forwarded-For is believed. */
  readonly trustedProxy?: readonly string[];
  readonly follow?: true;
  readonly again?: true;
  readonly dryRun?: true;
  readonly json?: true;
  readonly fsync: Fsync;
}

/** Imports files in their order; nothing is written before each of them could be read and is new. */
export async function runImport(
  paths: readonly string[],
  options: ImportOptions,
  context: Context,
): Promise<Exit> {
  const data = dataFolder(options.data);
  const crs = openCrs(options, context);
  const to = options.dryRun === true ? undefined : await openDestination(data, options.fsync, context);
  const files: InputFile[] = [];
  const summaries: FileSummary[] = [];
  try {
    for (const path of paths) files.push(await openInput(path, data, context));
    const formats = files.map((file) => options.format ?? toldFormat(file));
    if (to !== undefined && options.again !== true) refuseRepeated(files, to.known);
    for (const [index, file] of files.entries()) {
      const format = formats[index];
      if (format === undefined || context.signal.aborted) break;
      const summary = await importOne(file, { ...options, format }, { to, crs }, context);
      summaries.push(summary);
      if (options.json !== true) {
        await context.terminal.out(`${summaryText(summary, to === undefined)}${classesText(summary.crs)}`);
      }
      context.terminal.err(placeLines(summary));
    }
  } finally {
    for (const file of files) await file.close();
    await to?.journal.close();
  }
  if (options.json === true) {
    const told = { dryRun: to === undefined, files: summaries };
    await context.terminal.out(`${JSON.stringify(told, undefined, 2)}\n`);
  }
  const whole = summaries.length === paths.length;
  const good = summaries.every(({ broken, interrupted }) => broken === 0 && !interrupted);
  return whole && good && to?.journal.status().trouble === undefined ? Exit.fine : Exit.partial;
}

async function importOne(
  file: InputFile,
  options: ImportOptions & { readonly format: Format },
  { to, crs }: { readonly to: Destination | undefined; readonly crs: CrsDetector | undefined },
  { clock, signal }: Context,
): Promise<FileSummary> {
  const { format, port, trustedProxy } = options;
  const sensor = options.sensor ?? sensorOf(file.name);
  const { recorder: counting, acts } = countingRecorder(to?.journal);
  const { recorder, classes } = judgingRecorder(counting, crs);
  const proxies = trustedProxy === undefined ? undefined : createTrustedProxies(trustedProxy);
  const note = { sha256: file.sha256, size: file.size, name: basename(file.name), sensor, time: clock.now() };
  // Before the first event: whatever ends this run, that the file is at least half there is known.
  await to?.known.note({ ...note, complete: false });
  const imported = await importStream(file.read(), {
    format,
    recorder,
    sensor,
    port,
    proxies,
    now: () => clock.now(),
    signal,
  });
  if (to !== undefined && !imported.interrupted) {
    await Promise.race([to.journal.flush(), aborted(signal)]);
    if (!signal.aborted) await to.known.note({ ...note, complete: true });
  }
  const summary = summaryOf({ file: file.name, sha256: file.sha256, format, sensor }, imported, acts);
  return crs === undefined ? summary : { ...summary, crs: Object.fromEntries(classes) };
}

export function toldFormat({ name, head }: Pick<InputFile, 'name' | 'head'>): Format {
  const format = formatOf(head);
  if (format !== undefined) return format;
  throw new Complaint(
    head.length === 0
      ? `${printableText(name)} is empty.`
      : `${printableText(name)} begins with nothing that speaks for a format.`,
    `Say what it is with --format (${FORMATS.join(', ')}), or leave it out.`,
  );
}

function refuseRepeated(files: readonly InputFile[], known: ImportedFiles): void {
  const remedy = 'Leave it out; --again imports it all the same, and its events are there twice then.';
  const seen = new Map<string, string>();
  for (const { name, sha256 } of files) {
    const before = known.find(sha256);
    if (before !== undefined) {
      const part = before.complete ? '' : ', though not to its end';
      throw new Complaint(
        `${printableText(name)} was imported on ${timeText(before.time)} already (as ${printableText(before.name)}, sensor ${printableText(before.sensor)}${part}).`,
        remedy,
      );
    }
    const twin = seen.get(sha256);
    if (twin !== undefined) {
      throw new Complaint(`${printableText(name)} has the same content as ${printableText(twin)}.`, remedy);
    }
    seen.set(sha256, name);
  }
}

/** A name for the sensor from that of its file. */
export function sensorOf(name: string): string {
  const bare = basename(name).replace(/\.gz$/i, '');
  const clean = bare.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 64);
  return clean === '' ? 'import' : clean;
}
