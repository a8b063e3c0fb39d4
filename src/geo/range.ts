/** What a file says of the addresses from `first` to `last`, both inside. */
export interface Range<N extends number | bigint> {
  readonly first: N;
  readonly last: N;
  readonly country?: string;
  readonly asn?: number;
  readonly network?: string;
}

/** The ranges of one file, in any order; a narrower one within a wider one is the one that counts. */
export interface RangeFile {
  readonly ipv4: readonly Range<number>[];
  readonly ipv6: readonly Range<bigint>[];
  /** Day of the data when the file says so: `2026-06-17`. */
  readonly date?: string;
  /** Lines that could not be read, and the first of them with the reason. */
  readonly skipped: number;
  readonly firstSkipped?: string;
}

/** Neighbouring pieces without overlap, in order. */
export interface Piece<N extends number | bigint> {
  readonly first: N;
  readonly last: N;
  readonly range: Range<N>;
}

/** Cuts ranges that lie within each other into pieces, the narrowest winning. `next` is the number after one. */
export function piecesOf<N extends number | bigint>(
  ranges: readonly Range<N>[],
  { next, before }: { next: (n: N) => N; before: (n: N) => N },
): Piece<N>[] {
  const sorted = ranges.toSorted((a, b) =>
    a.first < b.first ? -1 : a.first > b.first ? 1 : a.last > b.last ? -1 : a.last < b.last ? 1 : 0,
  );
  const pieces: Piece<N>[] = [];
  const open: Range<N>[] = [];
  let at: N | undefined;
  const emit = (range: Range<N>, first: N, last: N): void => {
    if (first <= last) pieces.push({ first, last, range });
  };
  /** Closes what ends before `until`, or everything. */
  const closeBefore = (until: N | undefined): void => {
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (until !== undefined && top.last >= until) return;
      if (at === undefined || at <= top.last) {
        emit(top, at ?? top.first, top.last);
        at = next(top.last);
      }
      open.pop();
    }
  };
  for (const range of sorted) {
    closeBefore(range.first);
    const top = open.at(-1);
    if (top !== undefined && at !== undefined && at < range.first) emit(top, at, before(range.first));
    at = range.first;
    open.push(range);
  }
  closeBefore(undefined);
  return pieces;
}
