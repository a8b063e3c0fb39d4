import type { ByteString } from '../model/bytes.ts';

/** JSON in ASCII: one byte a character wherever it is written. */
export function jsonBytes(value: unknown): ByteString {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
