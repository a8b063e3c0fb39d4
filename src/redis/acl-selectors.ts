import type { ByteString } from '../model/bytes.ts';

/** Takes the rules in brackets apart from those of the user himself: `+get (+set ~a*)`. */
export function withSelectors(words: readonly ByteString[]): {
  readonly root: readonly ByteString[];
  readonly selectors: readonly (readonly ByteString[])[];
} {
  const root: ByteString[] = [];
  const selectors: ByteString[][] = [];
  let open: ByteString[] | undefined;
  for (const word of words) {
    const starts = open === undefined && word.startsWith('(');
    if (starts) {
      open = [];
      selectors.push(open);
    }
    const closes = open !== undefined && word.endsWith(')');
    const rule = word.slice(starts ? 1 : 0, closes ? -1 : undefined);
    if (rule !== '') (open ?? root).push(rule);
    if (closes) open = undefined;
  }
  return { root, selectors };
}
