import type { ByteString } from '../../model/bytes.ts';

/** Calls back for each place at which one of the prefixes begins that no longer word runs into. */
export type PrefixScan<T> = (text: ByteString, seen: (at: number, entries: readonly T[]) => void) => void;

/**
 * Finds many prefixes (each of at least three characters) in one pass. Two tables of character pairs turn away nearly
 * every position; an alternation of as many words costs a regular expression ten times as much.
 */
export function createPrefixScan<T extends { readonly prefix: string }>(
  entries: readonly T[],
): PrefixScan<T> {
  const first = new Uint8Array(65_536);
  const second = new Uint8Array(65_536);
  const byHead = new Map<string, T[]>();
  for (const entry of entries) {
    first[pairAt(entry.prefix, 0)] = 1;
    second[pairAt(entry.prefix, 1)] = 1;
    const head = entry.prefix.slice(0, 3);
    byHead.set(head, [...(byHead.get(head) ?? []), entry]);
  }
  return (text, seen) => {
    const last = text.length - 3;
    for (let at = 0; at < last; at++) {
      if (first[pairAt(text, at)] === 0 || second[pairAt(text, at + 1)] === 0) continue;
      const found = byHead.get(text.slice(at, at + 3))?.filter(({ prefix }) => text.startsWith(prefix, at));
      if (found !== undefined && found.length > 0) seen(at, found);
    }
  };
}

function pairAt(text: string, at: number): number {
  return ((text.charCodeAt(at) & 0xff) << 8) | (text.charCodeAt(at + 1) & 0xff);
}
