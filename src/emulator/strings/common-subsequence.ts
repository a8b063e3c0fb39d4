import type { ByteString } from '../../model/bytes.ts';

/** Where the same bytes are in both strings; both ends included. */
export interface Match {
  readonly one: readonly [from: number, to: number];
  readonly other: readonly [from: number, to: number];
}

export interface CommonSubsequence {
  readonly length: number;
  readonly text: ByteString;
  /** From the end of the strings on. */
  readonly matches: readonly Match[];
}

/** The table of lengths; undefined when it would have more than `most` cells. */
function lengths(
  a: ByteString,
  b: ByteString,
  most: number,
): { at: (i: number, j: number) => number } | undefined {
  const width = b.length + 1;
  if ((a.length + 1) * width > most) return undefined;
  const cells = new Uint32Array((a.length + 1) * width);
  const codes = Buffer.from(b, 'latin1');
  for (let i = 1; i <= a.length; i++) {
    const code = a.charCodeAt(i - 1);
    const row = i * width;
    let before = 0;
    let corner = 0;
    for (let j = 1; j < width; j++) {
      const above = cells[row - width + j] ?? 0;
      before = code === codes[j - 1] ? corner + 1 : above > before ? above : before;
      cells[row + j] = before;
      corner = above;
    }
  }
  return { at: (i, j) => cells[i * width + j] ?? 0 };
}

/**
 * The longest common subsequence, found back from the end as the server does (t_string.c), so that of several the same
 * one comes out, in the same ranges. Undefined when the work would be more than `most` cells.
 */
export function commonSubsequence(a: ByteString, b: ByteString, most: number): CommonSubsequence | undefined {
  const table = lengths(a, b, most);
  if (table === undefined) return undefined;
  let [i, j] = [a.length, b.length];
  const found: ByteString[] = [];
  const matches: Match[] = [];
  let open: { a: number; b: number; to: number; other: number } | undefined;
  while (i > 0 && j > 0) {
    let close = false;
    if (a[i - 1] === b[j - 1]) {
      found.push(a[i - 1] ?? '');
      if (open === undefined) open = { a: i - 1, b: j - 1, to: i - 1, other: j - 1 };
      else if (open.a === i && open.b === j) {
        open.a--;
        open.b--;
      } else close = true;
      if (open.a === 0 || open.b === 0) close = true;
      i--;
      j--;
    } else {
      if (table.at(i - 1, j) > table.at(i, j - 1)) i--;
      else j--;
      close = open !== undefined;
    }
    if (close && open !== undefined) {
      matches.push({ one: [open.a, open.to], other: [open.b, open.other] });
      open = undefined;
    }
  }
  return { length: table.at(a.length, b.length), text: found.toReversed().join(''), matches };
}
