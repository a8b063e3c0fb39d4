import { CHUNK, chunksOf, fromChunks, lengthOf, padded } from '../strings/long-string.ts';
import type { ValueOf } from '../value.ts';

/** Many changes of a string: each piece is copied once, however often it is changed. */
export interface ByteEditor {
  readonly length: number;
  /** 0 behind the end. */
  byte(place: number): number;
  /** The place must be inside of the string. */
  put(place: number, code: number): void;
  finish(): ValueOf<'string'>;
}

/** An editor of a string that has at least `length` bytes, with zeros behind what there was. */
export function createByteEditor(value: ValueOf<'string'> | undefined, least: number): ByteEditor {
  const length = Math.max(lengthOf(value), least);
  const chunks = [...chunksOf(value)];
  const known = chunks.length;
  const open = new Map<number, Buffer>();
  const sizeAt = (index: number): number => Math.min(CHUNK, length - index * CHUNK);
  const opened = (index: number): Buffer => {
    const found = open.get(index);
    if (found !== undefined) return found;
    const bytes = Buffer.alloc(sizeAt(index));
    bytes.write(chunks[index] ?? '', 'latin1');
    open.set(index, bytes);
    return bytes;
  };
  return {
    length,
    byte: (place) => {
      if (place >= length) return 0;
      const index = Math.floor(place / CHUNK);
      const bytes = open.get(index);
      if (bytes !== undefined) return bytes[place % CHUNK] ?? 0;
      const chunk = chunks[index] ?? '';
      return place % CHUNK < chunk.length ? chunk.charCodeAt(place % CHUNK) : 0;
    },
    put: (place, code) => {
      opened(Math.floor(place / CHUNK))[place % CHUNK] = code;
    },
    finish: () => {
      for (const [index, bytes] of open) chunks[index] = bytes.toString('latin1');
      const last = Math.ceil(length / CHUNK) - 1;
      // What was the last piece is no longer, and those behind it are new.
      for (let index = Math.max(0, known - 1); index <= last; index++) {
        chunks[index] = padded(chunks[index] ?? '', sizeAt(index));
      }
      return fromChunks(chunks);
    },
  };
}
