import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { checkedChain, FIRST_CHAIN } from './chain.ts';
import { logFiles } from './log-files.ts';
import type { LogHeader } from './log-line.ts';
import { LogLine } from './log-line.ts';

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
  const wanted = new Map<string, string>();
  const seen = new Set<string>();
  const files: VerifiedFile[] = [];
  const missing: string[] = [];
  // Newest first: each tells what has to be found in an older one.
  for (const name of names.toReversed()) {
    const expected = wanted.get(name);
    let found = expected === undefined;
    const read = await verifyFile(folder, name, (chain) => {
      found ||= chain === expected;
      if (chain === head) seen.add(chain);
    });
    const lost = found ? undefined : 'it ends before the line that a later file hangs on';
    files.push(lost === undefined ? read : { ...read, state: 'broken', fault: read.fault ?? lost });
    const after = read.header?.after;
    if (after === undefined) continue;
    if (names.includes(after.file)) {
      if (!wanted.has(after.file)) wanted.set(after.file, after.chain);
    } else missing.push(`${after.file}, which ${name} hangs on, is gone`);
  }
  if (head !== undefined && !seen.has(head)) missing.push(`no line has the chain ${head.slice(0, 64)}`);
  return { files: files.toReversed(), missing };
}

async function verifyFile(
  folder: string,
  file: string,
  onChain: (chain: string) => void,
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
      onChain(chain);
      lines++;
      if (line.kind === 'run') header = line;
      else if (line.kind === 'dial') dialled++;
      else if (line.kind === 'sent') commands += line.sent.reduce((sum, one) => sum + times(one), 0);
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
