import { statSync } from 'node:fs';

export interface SplitTargets {
  /** Paths of files and folders, and `-` for standard input. */
  readonly files: readonly string[];
  readonly servers: readonly string[];
}

/** Which words of the command line name what a Redis left behind, and which name servers; each in their order, once. */
export function splitTargets(words: readonly string[]): SplitTargets {
  const files = new Set(words.filter(isFileTarget));
  return { files: [...files], servers: words.filter((word) => !files.has(word)) };
}

/**
 * A word is a file when one is there under this name and it is no `host:port`, or when it can be nothing else: a typing
 * error in a path shall be told as such. A Unix socket is a server.
 */
export function isFileTarget(word: string): boolean {
  if (word === '-') return true;
  if (word === '' || word.includes('://') || word.includes('\0')) return false;
  if (isPathLike(word)) return !isSocket(word);
  return !/^[^/]*:\d{1,5}$/.test(word) && exists(word);
}

function isPathLike(word: string): boolean {
  return /^(?:\.{0,2}\/|~\/)/.test(word) || /\.(?:rdb|aof|conf|acl|manifest)$/i.test(word);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isSocket(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isSocket() === true;
}
