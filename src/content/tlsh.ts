import hash from 'tlsh';
import type { ByteString } from '../model/bytes.ts';

/** Shorter texts have no TLSH; of longer ones it would take too long. */
const SHORTEST = 512;
const LONGEST = 262_144;

/** The TLSH of bytes, by which variants of one script are near each other; undefined where there is none. */
export function tlshOf(bytes: ByteString): string | undefined {
  if (bytes.length < SHORTEST || bytes.length > LONGEST) return undefined;
  try {
    return `T1${hash(bytes)}`;
  } catch {
    // Too little variety: the library says so by throwing.
    return undefined;
  }
}
