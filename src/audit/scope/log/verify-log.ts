import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { checkedChain, FIRST_CHAIN } from './chain.ts';
import type { LogHead } from './command-log.ts';
import { isOfWorker, logFiles } from './log-files.ts';
import { LogHeader, LogLine } from './log-line.ts';

/** One file of the log, read from its first line to the last that holds. */
export interface VerifiedFile {
  readonly file: string;
  readonly header: LogHeader | undefined;
  readonly lines: number;
  /** Targets dialled, commands sent. */
  readonly dialled: number;
  readonly commands: number;
  /** Of the last line that holds. */
  readonly chain: string;
  /** `cut`: it has no end, as after a crash, or while the audit runs; what is there holds. */
  readonly state: 'whole' | 'cut' | 'broken';
  /** What is wrong, with the line. */
  readonly fault: string | undefined;
}

const LONGEST_LINE = 1_048_576;
const LONGEST_HEADER = 262_144;

/**
 * Reads all files, and says of each whether any line was changed, removed or added. A file that is gone is missed by the
 * one that came after it; whether the newest is there only its chain, kept elsewhere, can tell.
 *
 * @param head the chain of a line that has to be there.
 */
export async function verifyLog(
  folder: string,
  head?: string,
): Promise<{ readonly files: readonly VerifiedFile[]; readonly missing: readonly string[] }> {
  const names = logFiles(folder);
  /** By file: chains that it has to hold, and who says so. */
  const wanted = new Map<string, Map<string, string>>();
  const seen = new Set<string>();
  const files = new Map<string, VerifiedFile>();
  const missing = new Set<string>();
  const want = ({ file, chain }: LogHead, by: string): void => {
    if (!names.includes(file)) missing.add(`${file}, which ${by} hangs on, is gone`);
    else wanted.set(file, (wanted.get(file) ?? new Map<string, string>()).set(chain, by));
  };
  // What hangs on a file is known before that is read: the first lines of workers, then the files of runs, newest
  // first, which name those of workers, then these.
  const workers = names.filter(isOfWorker).toReversed();
  for (const name of workers) {
    const after = firstLineOf(join(folder, name))?.after;
    if (after !== undefined) want(after, name);
  }
  for (const name of [...names.filter((one) => !isOfWorker(one)).toReversed(), ...workers]) {
    const expected = wanted.get(name) ?? new Map<string, string>();
    const read = await verifyFile(folder, name, {
      chain: (chain) => {
        expected.delete(chain);
        if (chain === head) seen.add(chain);
      },
      part: (part) => want(part, name),
    });
    const lost = expected.size === 0 ? undefined : 'it ends before the line that a later file hangs on';
    files.set(name, lost === undefined ? read : { ...read, state: 'broken', fault: read.fault ?? lost });
    if (read.header?.after !== undefined && !isOfWorker(name)) want(read.header.after, name);
  }
  if (head !== undefined && !seen.has(head)) missing.add(`no line has the chain ${head.slice(0, 64)}`);
  return { files: names.flatMap((name) => files.get(name) ?? []), missing: [...missing] };
}

/** As it stands there, unchecked. */
function firstLineOf(path: string): LogHeader | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(LONGEST_HEADER);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    const [line = ''] = bytes.toString('utf8', 0, length).split('\n', 1);
    return LogHeader.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

async function verifyFile(
  folder: string,
  file: string,
  found: { readonly chain: (chain: string) => void; readonly part: (part: LogHead) => void },
): Promise<VerifiedFile> {
  let chain = FIRST_CHAIN;
  let header: LogHeader | undefined;
  let lines = 0;
  let dialled = 0;
  let commands = 0;
  let ended = false;
  const result = (state: VerifiedFile['state'], fault?: string): VerifiedFile => ({
    file,
    header,
    lines,
    dialled,
    commands,
    chain,
    state,
    fault,
  });
  let rest = '';
  for await (const chunk of createReadStream(join(folder, file), { encoding: 'utf8' })) {
    const parts = `${rest}${String(chunk)}`.split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > LONGEST_LINE) return result('broken', `line ${lines + 1} never ends`);
    for (const part of parts) {
      const next = checkedChain(part, chain);
      if (next === undefined) return result('broken', `line ${lines + 1} does not hang on the one before`);
      const line = readLine(part);
      if (line === undefined || line.n !== lines || ended || (line.kind === 'run') !== (lines === 0)) {
        return result('broken', `line ${lines + 1} does not belong there`);
      }
      chain = next;
      found.chain(chain);
      lines++;
      if (line.kind === 'run') header = line;
      else if (line.kind === 'dial') dialled++;
      else if (line.kind === 'sent') commands += line.sent.reduce((sum, one) => sum + times(one), 0);
      else if (line.kind === 'part') found.part({ file: line.file, chain: line.chainThere });
      else ended = true;
    }
  }
  if (lines === 0 && rest === '') return result('cut', 'it is empty');
  if (ended && rest !== '') return result('broken', 'something stands behind its end');
  return ended ? result('whole') : result('cut', rest === '' ? 'it has no end' : 'its last line is torn');
}

function readLine(text: string): LogLine | undefined {
  try {
    return LogLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** `TYPE x100` stands for a hundred commands. */
function times(sent: string): number {
  return Number(/ x(\d{1,6})$/.exec(sent)?.[1] ?? 1);
}
