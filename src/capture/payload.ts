/** Reads one payload: a known number of bytes, or everything up to an end mark of 40 bytes. Holds 40 bytes at most. */
export interface PayloadReader {
  /** Takes what has come; returns what of it is payload, and, once it is whole, what came behind it. */
  take(chunk: Buffer): { readonly payload: readonly Buffer[]; readonly rest: Buffer | undefined };
}

export const MARK_BYTES = 40;

export function sizedPayload(size: number): PayloadReader {
  let left = size;
  return {
    take: (chunk) => {
      const payload = chunk.subarray(0, left);
      left -= payload.length;
      return { payload: [payload], rest: left === 0 ? chunk.subarray(payload.length) : undefined };
    },
  };
}

/** The mark ends the payload only where a read ends with it, as in Redis: what comes behind it was not sent yet. */
export function markedPayload(mark: Buffer): PayloadReader {
  let held = Buffer.alloc(0);
  return {
    take: (chunk) => {
      const joined = held.length === 0 ? chunk : Buffer.concat([held, chunk.subarray(0, MARK_BYTES)]);
      // Of a long read only the end can be the mark; what is held comes out before it.
      const tail = chunk.length > MARK_BYTES ? chunk : joined;
      const end = tail.subarray(-MARK_BYTES);
      if (end.equals(mark)) {
        const payload =
          tail === chunk ? [held, chunk.subarray(0, -MARK_BYTES)] : [joined.subarray(0, -MARK_BYTES)];
        return { payload, rest: Buffer.alloc(0) };
      }
      const keep = Math.min(MARK_BYTES, tail.length);
      const payload = tail === chunk ? [held, chunk.subarray(0, -keep)] : [joined.subarray(0, -keep)];
      held = Buffer.from(tail.subarray(tail.length - keep));
      return { payload, rest: undefined };
    },
  };
}
