import { readFileSync, statSync } from 'node:fs';
import type { ByteString } from '../../model/bytes.ts';

/** Longer than any configuration. */
const LONGEST_TEXT = 4_194_304;

/** A small text file; empty for what is none: a pipe would never end, and a longer one is no configuration. */
export function readTextFile(path: string): ByteString {
  const about = statSync(path);
  return about.isFile() && about.size <= LONGEST_TEXT ? readFileSync(path, 'latin1') : '';
}
