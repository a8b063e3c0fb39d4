import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { TELLING_BYTES } from '../../imports/format.ts';
import { EndsEarly, unpacked } from '../../imports/unpacked.ts';
import { printableText } from '../../model/printable.ts';
import { errorCode } from '../../platform/error-code.ts';
import type { Context } from '../context.ts';
import { Complaint, Exit } from '../exit.ts';
import { createByteProgress } from '../progress.ts';

/** A file to import: read twice, for its content has to be known before anything is written. */
export interface InputFile {
  /** As it was named; `standard input` for `-`. */
  readonly name: string;
  /** SHA-256 of the unpacked content. */
  readonly sha256: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** Its first bytes, unpacked. */
  readonly head: Buffer;
  /** The content, unpacked, from the beginning. Rejects with `EndsEarly` or a Complaint. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

const CHUNK = 262_144;
const STANDARD_INPUT = 'standard input';

/** What is no file (a pipe, standard input) is copied into the folder first, under no name that would outlive us. */
export async function openInput(path: string, folder: string, context: Context): Promise<InputFile> {
  const name = path === '-' ? STANDARD_INPUT : path;
  const file = await orComplain(name, () => openSeekable(path, folder, name, context));
  try {
    const { size } = await file.stat();
    const read = (): AsyncGenerator<Buffer> => unpacked(chunksOf(file, size, name, context));
    const identity = await identityOf(read(), context.signal);
    return { name, ...identity, read, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openSeekable(
  path: string,
  folder: string,
  name: string,
  context: Context,
): Promise<FileHandle> {
  if (path === '-') return copyOf(process.stdin, folder, name, context);
  const file = await open(path, 'r');
  const about = await file.stat();
  if (about.isFile()) return file;
  if (about.isFIFO()) return copyOf(file.createReadStream(), folder, name, context);
  await file.close();
  throw new Complaint(`${printableText(name)} is no file.`, 'Name the files to import; a shell expands *.');
}

async function copyOf(
  input: Readable,
  folder: string,
  name: string,
  { terminal, clock, signal }: Context,
): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const place = join(folder, `import.${process.pid}.part`);
  const copy = await open(place, 'w+', 0o600);
  const progress = createByteProgress(terminal, clock, name);
  try {
    await unlink(place);
    let written = 0;
    signal.addEventListener('abort', () => input.destroy(), { once: true });
    for await (const chunk of input as AsyncIterable<Buffer>) {
      stopWhenAsked(signal);
      await copy.writeFile(chunk);
      written += chunk.length;
      progress.at(written, undefined);
    }
  } catch (error) {
    await copy.close();
    stopWhenAsked(signal);
    throw error;
  } finally {
    progress.end();
  }
  return copy;
}

async function* chunksOf(
  file: FileHandle,
  size: number,
  name: string,
  { terminal, clock }: Context,
): AsyncGenerator<Buffer> {
  const progress = createByteProgress(terminal, clock, name);
  try {
    for (let at = 0; ; ) {
      const buffer = Buffer.allocUnsafeSlow(CHUNK);
      const { bytesRead } = await orComplain(name, () => file.read(buffer, 0, CHUNK, at));
      if (bytesRead === 0) return;
      at += bytesRead;
      progress.at(at, size);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    progress.end();
  }
}

async function identityOf(
  content: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<Pick<InputFile, 'sha256' | 'size' | 'head'>> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let size = 0;
  try {
    for await (const chunk of content) {
      stopWhenAsked(signal);
      hash.update(chunk);
      size += chunk.length;
      if (head.length < TELLING_BYTES) head = Buffer.concat([head, chunk.subarray(0, TELLING_BYTES)]);
    }
  } catch (error) {
    // Told when it is imported; what could be unpacked is its content.
    if (!(error instanceof EndsEarly)) throw error;
  }
  return { sha256: hash.digest('hex'), size, head };
}

function stopWhenAsked(signal: AbortSignal): void {
  if (signal.aborted)
    throw new Complaint('Interrupted before anything was imported.', 'Run it again.', Exit.partial);
}

async function orComplain<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Complaint) throw error;
    throw new Complaint(
      `${printableText(name)} cannot be read (${errorCode(error) ?? 'error'}).`,
      'Name a file that you may read, or - for standard input.',
    );
  }
}
