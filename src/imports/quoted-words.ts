import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';
import type { CutArgument } from '../wire/request-decoder.ts';

/**
 * Words in double quotes with the escapes of MONITOR (`\n \r \t \a \b \\ \"` and `\xHH`), in pieces of any size. Of a
 * word that is too long the head is kept, with the length and the SHA-256 of the whole.
 */
export interface QuotedWords {
  /** Forgets all and begins anew. */
  reset(): void;
  /** Reads from `from` on; false when this can be no words. */
  push(text: ByteString, from: number): boolean;
  /** What was read; undefined when the last quote is not closed. */
  end(): { readonly argv: readonly ByteString[]; readonly cut: readonly CutArgument[] } | undefined;
}

/** Bytes of one line that are kept, words counted with what they cost beside. */
const KEEP = 1_048_576;
const OVERHEAD = 32;
const HEAD = 65_536;
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, a: 7, b: 8 };

type Place = 'between' | 'inside' | 'escape' | 'hex';

export function createQuotedWords(): QuotedWords {
  const scratch = Buffer.allocUnsafeSlow(HEAD);
  let argv: ByteString[] = [];
  let cut: CutArgument[] = [];
  let kept = 0;
  let count = 0;
  let place: Place = 'between';
  let hex = '';
  /** The word at hand: what of it went out of `scratch`, its length, and the hash once it is too long. */
  let head = '';
  let length = 0;
  let filled = 0;
  let hash: Hash | undefined;

  const spill = (): void => {
    const piece = scratch.subarray(0, filled);
    length += filled;
    if (hash === undefined && kept + length > KEEP) {
      hash = createHash('sha256').update(head, 'latin1');
      head = (head + piece.toString('latin1')).slice(0, HEAD);
      hash.update(piece);
    } else if (hash === undefined) head += piece.toString('latin1');
    else hash.update(piece);
    filled = 0;
  };
  const put = (code: number): void => {
    if (filled === scratch.length) spill();
    scratch[filled++] = code;
  };
  const finish = (word: ByteString, sha256: string | undefined, whole: number): void => {
    if (kept + OVERHEAD <= KEEP) {
      if (sha256 !== undefined) cut.push({ index: argv.length, length: whole, sha256 });
      argv.push(word);
    }
    kept += word.length + OVERHEAD;
    count++;
  };
  const close = (): void => {
    spill();
    finish(head, hash?.digest('hex'), length);
    head = '';
    length = 0;
    hash = undefined;
  };

  /** A run up to the next quote or escape; returns where it ends. */
  const run = (text: ByteString, from: number): number => {
    let at = from;
    let code = 0;
    for (; at < text.length; at++) {
      code = text.charCodeAt(at);
      if (code === 34 || code === 92) break;
    }
    const fits = filled === 0 && length === 0 && kept + at - from <= KEEP;
    if (code === 34 && at < text.length && fits) {
      finish(text.slice(from, at), undefined, at - from);
      place = 'between';
      return at + 1;
    }
    for (let next = from; next < at; next++) put(text.charCodeAt(next));
    if (at === text.length) return at;
    if (code === 34) close();
    place = code === 34 ? 'between' : 'escape';
    return at + 1;
  };
  const escape = (letter: string): void => {
    place = letter === 'x' ? 'hex' : 'inside';
    if (letter !== 'x') put(ESCAPES[letter] ?? letter.charCodeAt(0));
  };
  /** False when the two characters are no hexadecimal digits. */
  const digit = (letter: string): boolean => {
    hex += letter;
    if (hex.length < 2) return true;
    const good = /^[0-9a-fA-F]{2}$/.test(hex);
    put(Number.parseInt(hex, 16));
    hex = '';
    place = 'inside';
    return good;
  };
  return {
    reset: () => {
      argv = [];
      cut = [];
      [kept, count, length, filled] = [0, 0, 0, 0];
      [head, hex, place, hash] = ['', '', 'between', undefined];
    },
    push: (text, from) => {
      let at = from;
      while (at < text.length) {
        if (place === 'inside') at = run(text, at);
        else if (place === 'between') {
          const code = text.charCodeAt(at++);
          if (code === 34) place = 'inside';
          else if (code !== 32 && code !== 13) return false;
        } else if (place === 'escape') escape(text.charAt(at++));
        else if (!digit(text.charAt(at++))) return false;
      }
      return true;
    },
    end: () => (place === 'between' && count > 0 ? { argv, cut } : undefined),
  };
}
