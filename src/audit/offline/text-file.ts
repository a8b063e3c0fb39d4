import { readFileSync, statSync } from 'node:fs';
import type { ByteString } from '../../model/bytes.ts';

/** Longer than any configuration. */
const LONGEST_TEXT = 4_194_304;

/** A small text file. Throws what `fs` throws, with EFBIG for one that is too long and EINVAL for what is no file. */
export function readTextFile(path: string): ByteString {
  const about = statSync(path);
  // A pipe would never end.
  if (!about.isFile()) throw refusal('EINVAL', `${path} is no plain file`);
  if (about.size > LONGEST_TEXT) throw refusal('EFBIG', `${path} is longer than ${LONGEST_TEXT} bytes`);
  return readFileSync(path, 'latin1');
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
