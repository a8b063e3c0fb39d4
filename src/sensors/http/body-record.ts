import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { Cut } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';

/** Keeps the beginning of a body, and the hash and the length of all of it. */
export interface BodyRecord {
  add(piece: Buffer): void;
  done(): { readonly body: ByteString; readonly cut: Cut | undefined };
}

/** Bytes of a body that its act holds. */
const KEPT = 32_768;

export function createBodyRecord(): BodyRecord {
  let kept = '';
  let length = 0;
  /** Only of a body that is longer than what is kept. */
  let hash: Hash | undefined;
  return {
    add: (piece) => {
      const room = KEPT - length;
      length += piece.length;
      if (hash === undefined && length > KEPT)
        hash = createHash('sha256').update(kept, 'latin1').update(piece);
      else hash?.update(piece);
      if (room > 0) kept += piece.toString('latin1', 0, Math.min(room, piece.length));
    },
    done: () => ({
      body: kept,
      cut: hash === undefined ? undefined : { index: -1, length, sha256: hash.digest('hex') },
    }),
  };
}
