import type { ByteString } from '../../model/bytes.ts';

/** Runs of the characters that tokens are made of, without outer dots and hyphens. Linear, however hostile the text. */
export function* words(text: ByteString, longest: number): Generator<string> {
  for (const [run] of text.matchAll(/[A-Za-z0-9_.-]{16,}/g)) {
    if (run.length <= longest) yield run.replace(/^[.-]+/, '').replace(/[.-]+$/, '');
  }
}
