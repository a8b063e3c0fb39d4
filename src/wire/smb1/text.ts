/** Longest name that is read: what is longer is cut. */
const LONGEST = 1_024;

export interface ReadText {
  readonly text: string;
  /** Where the bytes behind it begin, its terminator included. */
  readonly end: number;
}

/**
 * A zero-terminated string at `at` of a message: UTF-16 from an even place on (MS-CIFS 2.2.1.1.2), or one byte a
 * character. Without a terminator it ends with the bytes.
 */
export function readText(message: Buffer, at: number, unicode: boolean): ReadText {
  if (!unicode) {
    const zero = message.indexOf(0, at);
    const end = zero < 0 ? message.length : zero;
    return { text: message.toString('latin1', at, Math.min(end, at + LONGEST)), end: end + 1 };
  }
  const start = at + (at % 2);
  let end = start;
  while (end + 1 < message.length && (message[end] !== 0 || message[end + 1] !== 0)) end += 2;
  return { text: message.toString('utf16le', start, Math.min(end, start + 2 * LONGEST)), end: end + 2 };
}

/** As many strings as are wanted, one behind the other; empty ones when there are no more. */
export function readTexts(message: Buffer, at: number, unicode: boolean, count: number): string[] {
  const texts: string[] = [];
  for (let from = at; texts.length < count; ) {
    if (from >= message.length) {
      texts.push('');
      continue;
    }
    const { text, end } = readText(message, from, unicode);
    texts.push(text);
    from = end;
  }
  return texts;
}

/** Zero-terminated, in the width that the client asked for. */
export function encodeText(text: string, unicode: boolean): Buffer {
  return Buffer.from(`${text}\0`, unicode ? 'utf16le' : 'latin1');
}
