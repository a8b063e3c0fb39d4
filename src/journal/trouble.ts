import { printableText } from '../model/printable.ts';
import { errorCode } from '../platform/error-code.ts';
import { JournalError } from './journal-error.ts';

/** What is wrong with a file and what to do, from a system error. */
export function describeTrouble(error: unknown): { readonly wrong: string; readonly remedy: string } {
  if (error instanceof JournalError) return { wrong: withoutStop(error.message), remedy: error.remedy };
  const code = errorCode(error);
  const known = code === undefined ? undefined : KNOWN[code];
  if (known !== undefined) return { wrong: `${known[0]} (${code})`, remedy: known[1] };
  const message = error instanceof Error ? error.message : String(error);
  return { wrong: printableText(message, 300), remedy: 'Look at the disk and at the system log.' };
}

function withoutStop(sentence: string): string {
  return sentence.endsWith('.') ? sentence.slice(0, -1) : sentence;
}

/** The running journal cannot write: one message for terminal, log and dashboard. */
export function writeTrouble(path: string, error: unknown): string {
  const { wrong, remedy } = describeTrouble(error);
  return (
    `The journal cannot write ${printableText(path)}: ${wrong}. ${remedy} ` +
    'Events wait in memory; writing goes on by itself.'
  );
}

/** A sync in the background failed. */
export function syncTrouble(path: string, error: unknown): string {
  const { wrong, remedy } = describeTrouble(error);
  return (
    `The journal cannot make sure of ${printableText(path)}: ${wrong}. ${remedy} ` +
    'What was recorded in the last seconds may not survive a power cut; writing goes on in a new file.'
  );
}

const KNOWN: Readonly<Record<string, readonly [wrong: string, remedy: string]>> = {
  ENOSPC: ['the disk is full', 'Free space on it, or delete old segments (docs/journal.md says how).'],
  EDQUOT: ['the disk quota is used up', 'Raise the quota or free space.'],
  EACCES: ['permission denied', 'Give the user that Sundew runs as the right to write there.'],
  EPERM: ['not permitted', 'Give the user that Sundew runs as the right to write there.'],
  EROFS: ['the file system is read-only', 'Mount it for writing, or choose another data folder.'],
  EIO: ['the disk reports an error', 'Look at the system log; the disk may be failing.'],
  ENOENT: ['it was deleted or moved away', 'Let nothing else touch the journal folder while Sundew runs.'],
  EEXIST: ['a file is in the way', 'Move it away.'],
  ENOTDIR: ['a file is in the way of the folder', 'Move it away, or choose another data folder.'],
  EISDIR: ['a folder is in the way', 'Move it away.'],
  EMFILE: ['too many files are open', 'Raise the limit of open files (ulimit -n).'],
  ENFILE: ['too many files are open on this machine', 'Raise fs.file-max.'],
  EFBIG: ['the file is longer than this user may write', 'Raise the limit (ulimit -f).'],
  ECHANGED: ['something else wrote into it', 'Let nothing else touch the journal folder while Sundew runs.'],
};
