import type { ByteString } from '../../model/bytes.ts';

const LONGEST = 4_096;

/**
 * The word at `at` when the bytes before it give its length, as MessagePack, CBOR, pickle, Java, BSON (with a zero behind)
 * and Ruby (five more) write it; undefined when none of them does, or when it would run over the end.
 */
export function framedAt(text: ByteString, at: number): ByteString | undefined {
  const one = text.charCodeAt(at - 1) & 0xff;
  const two = ((text.charCodeAt(at - 2) & 0xff) << 8) | one;
  const low = (one << 8) | (text.charCodeAt(at - 2) & 0xff);
  const kind = one >> 5;
  // BSON and protocol 2 of pickle write four bytes, the lowest first.
  if (at >= 4 && text.startsWith('\u0000\u0000', at - 2)) {
    const length = (text.charCodeAt(at - 4) & 0xff) | ((text.charCodeAt(at - 3) & 0xff) << 8);
    return cut(text, at, length, length - 1);
  }
  return (
    cut(text, at, one, one - 5, kind === 5 || kind === 3 ? one & 31 : 0) ??
    (two > 255 ? cut(text, at, two) : undefined) ??
    (low > 255 ? cut(text, at, low) : undefined)
  );
}

/** The first of the lengths that ends where a word ends, printable all through. */
function cut(text: ByteString, at: number, ...lengths: readonly number[]): ByteString | undefined {
  for (const length of lengths) {
    if (length < 8 || length > LONGEST || at + length > text.length) continue;
    const word = text.slice(at, at + length);
    if (/^[!-~]+$/.test(word)) return word;
  }
  return undefined;
}
