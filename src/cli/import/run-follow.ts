import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { Format } from '../../imports/format.ts';
import { READERS, TELLING_BYTES } from '../../imports/format.ts';
import { importStream } from '../../imports/import-stream.ts';
import { createLogLines, LONGEST_TEXT } from '../../imports/web/log-lines.ts';
import { createTrustedProxies } from '../../imports/web/trusted-proxies.ts';
import { printableText } from '../../model/printable.ts';
import { errorCode } from '../../platform/error-code.ts';
import type { Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import { Complaint, Exit } from '../exit.ts';
import { createByteProgress } from '../progress.ts';
import { countingRecorder } from './count-acts.ts';
import type { Destination } from './destination.ts';
import { openDestination } from './destination.ts';
import { placeToGoOn } from './file-place.ts';
import { followFile } from './follow-file.ts';
import { createPlaceNote } from './note-place.ts';
import type { ImportOptions } from './run-import.ts';
import { sensorOf, toldFormat } from './run-import.ts';
import { placeLines, summaryOf, summaryText } from './summary.ts';

/** Imports one file and what is appended to it, until the signal. */
export async function runFollow(
  paths: readonly string[],
  options: ImportOptions,
  context: Context,
): Promise<Exit> {
  const [path = '-'] = paths;
  if (paths.length !== 1 || path === '-')
    throw new Complaint('Only one file can be followed.', 'Name one file that is written to, not packed.');
  const file = await openPlain(path);
  try {
    const format = options.format ?? toldFormat({ name: path, head: await headOf(file, path) });
    if (READERS[format].unit !== 'lines')
      throw new Complaint(`A ${format} file cannot be followed.`, 'Import it once it is whole.');
    const to =
      options.dryRun === true
        ? undefined
        : await openDestination(dataFolder(options.data), options.fsync, context);
    try {
      return await follow({ path, file, format, options, to }, context);
    } finally {
      await to?.journal.close();
    }
  } finally {
    await file.close();
  }
}

interface Task {
  readonly path: string;
  readonly file: FileHandle;
  readonly format: Format;
  readonly options: ImportOptions;
  readonly to: Destination | undefined;
}

async function follow({ path, file, format, options, to }: Task, context: Context): Promise<Exit> {
  const { clock, signal, terminal } = context;
  const sensor = options.sensor ?? sensorOf(path);
  const { recorder, acts } = countingRecorder(to?.journal);
  let columns: string | undefined;
  const skipped = createLogLines(LONGEST_TEXT, (line) => {
    if (line?.startsWith('#Fields:') === true) columns = line;
  });
  const known = options.again === true ? [] : (to?.known.all() ?? []);
  const from = await placeToGoOn(file, known, (chunk) => skipped.push(chunk));
  const progress = createByteProgress(terminal, clock, path);
  const notePlace = to === undefined ? undefined : createPlaceNote(path, sensor, to, context, from);
  terminal.err(
    `sundew: follows ${printableText(path)} as ${format}${from.size > 0 ? ', from where it was left' : ''}; Ctrl-C ends it.\n`,
  );
  const followed = followFile({
    path,
    file,
    from,
    signal,
    onProgress: progress.at,
    onPause: async (leaving) => {
      progress.end();
      await notePlace?.(followed.place, leaving);
    },
  });
  async function* lines(): AsyncGenerator<Buffer> {
    // The columns of what follows are named in the part that is passed over.
    if (columns !== undefined && format === 'iis') yield Buffer.from(`${columns}\n`, 'latin1');
    yield* followed.read();
  }
  const { port, trustedProxy } = options;
  const imported = await importStream(lines(), {
    format,
    recorder,
    sensor,
    port,
    proxies: trustedProxy === undefined ? undefined : createTrustedProxies(trustedProxy),
    now: () => clock.now(),
    signal,
  });
  progress.end();
  await notePlace?.(followed.place, true);
  const sha256 = followed.place.hash.copy().digest('hex');
  // To be interrupted is how following ends.
  const summary = summaryOf(
    { file: path, sha256, format, sensor },
    { ...imported, interrupted: false },
    acts,
  );
  const dryRun = to === undefined;
  await terminal.out(
    options.json === true
      ? `${JSON.stringify({ dryRun, files: [summary] }, undefined, 2)}\n`
      : summaryText(summary, dryRun),
  );
  terminal.err(placeLines(summary));
  return summary.broken === 0 && to?.journal.status().trouble === undefined ? Exit.fine : Exit.partial;
}

async function openPlain(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r');
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (error) {
    throw new Complaint(
      `${printableText(path)} cannot be read (${errorCode(error) ?? 'error'}).`,
      'Name a file that you may read.',
    );
  }
  throw new Complaint(`${printableText(path)} is no file.`, 'Name one file that is written to.');
}

async function headOf(file: FileHandle, path: string): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(TELLING_BYTES), 0, TELLING_BYTES, 0);
  if (buffer[0] === 0x1f && buffer[1] === 0x8b)
    throw new Complaint(`${printableText(path)} is packed.`, 'Import it without --follow.');
  return buffer.subarray(0, bytesRead);
}
