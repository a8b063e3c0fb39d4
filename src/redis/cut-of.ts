import { createHash } from 'node:crypto';
import type { Cut } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';

/** What is left of the truth when only the head of an argument is kept. */
export function cutOf(index: number, whole: ByteString): Cut {
  return {
    index,
    length: whole.length,
    sha256: createHash('sha256').update(whole, 'latin1').digest('hex'),
  };
}
