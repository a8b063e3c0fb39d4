import type { ByteString } from '../../model/bytes.ts';

/** The end of the stream that replicas get, for those who come back. */
export interface Backlog {
  /** Bytes it holds. */
  readonly length: number;
  add(bytes: ByteString): void;
  /** The last bytes of it; undefined when it does not hold as many. */
  last(count: number): ByteString | undefined;
}

export function createBacklog(size: number): Backlog {
  let chunks: ByteString[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    add: (bytes) => {
      chunks.push(bytes);
      length += bytes.length;
      if (length <= 2 * size && chunks.length < MOST_CHUNKS) return;
      const kept = chunks.join('').slice(-size);
      chunks = [kept];
      length = kept.length;
    },
    last: (count) => {
      if (count > Math.min(length, size)) return undefined;
      return count === 0 ? '' : chunks.join('').slice(-count);
    },
  };
}

const MOST_CHUNKS = 10_000;
