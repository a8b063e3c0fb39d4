import type { ByteString } from '../../model/bytes.ts';
import { createLinePieces } from '../line-pieces.ts';
import type { Reader } from '../reader.ts';

/** Longest line of a log in text, bytes: four times what servers take as the head of a request, each byte as `\xHH`. */
export const LONGEST_TEXT = 1_048_576;
/** JSON may hold a body. */
export const LONGEST_JSON = 16_777_216;

/** Whole lines without their ends; undefined for one that is too long, of which no more than that is held. */
export function createLogLines(longest: number, onLine: (line: ByteString | undefined) => void): Reader {
  let parts: ByteString[] = [];
  let length = 0;
  return createLinePieces((text, ended) => {
    if (length === 0 && ended && text.length <= longest) {
      onLine(withoutReturn(text));
      return;
    }
    length += text.length;
    if (length <= longest) parts.push(text);
    else parts = [];
    if (!ended) return;
    onLine(length > longest ? undefined : withoutReturn(parts.join('')));
    parts = [];
    length = 0;
  });
}

function withoutReturn(line: ByteString): ByteString {
  return line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line;
}
