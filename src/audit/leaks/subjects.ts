import type { ByteString } from '../../model/bytes.ts';

/** One piece of personal data, by its fingerprint. */
export interface PersonalMark {
  readonly kind: string;
  readonly fingerprint: string;
  readonly at: number;
}

/** Counts people, not hits: what stands in one record is of one person, and who has one mark in common is the same. */
export interface Subjects {
  observe(text: ByteString, place: string, marks: readonly PersonalMark[]): void;
  count(): number;
}

const MOST_MARKS = 100_000;

export function createSubjects(): Subjects {
  const ids = new Map<string, number>();
  const parents: number[] = [];
  let separate = 0;
  let open: { place: string; marks: PersonalMark[] } = { place: '', marks: [] };

  const root = (id: number): number => {
    let at = id;
    while (parents[at] !== at) {
      const up = parents[at] ?? at;
      parents[at] = parents[up] ?? up;
      at = up;
    }
    return at;
  };
  const idOf = ({ kind, fingerprint }: PersonalMark): number | undefined => {
    const name = `${kind} ${fingerprint}`;
    const known = ids.get(name);
    if (known !== undefined || ids.size >= MOST_MARKS) return known;
    ids.set(name, parents.length);
    parents.push(parents.length);
    separate += 1;
    return parents.length - 1;
  };
  const join = (marks: readonly PersonalMark[]): void => {
    const [first, ...rest] = marks.flatMap((mark) => idOf(mark) ?? []);
    if (first === undefined || !isOnePerson(marks)) return;
    for (const other of rest) {
      const [a, b] = [root(first), root(other)];
      if (a === b) continue;
      parents[b] = a;
      separate -= 1;
    }
  };
  return {
    observe: (text, place, marks) => {
      if (marks.length === 0) return;
      for (const record of records(text, marks)) join(record);
      if (place !== open.place) {
        join(open.marks);
        open = { place, marks: [] };
      }
      // The fields of a hash are one person's, one after the other; of many people in a list nothing is joined.
      if (open.marks.length < 64) open.marks.push(...marks.slice(0, 64));
    },
    count: () => {
      join(open.marks);
      return separate;
    },
  };
}

/** Of each kind one at most. */
function isOnePerson(marks: readonly PersonalMark[]): boolean {
  const kinds = new Map<string, string>();
  for (const { kind, fingerprint } of marks) {
    if ((kinds.get(kind) ?? fingerprint) !== fingerprint) return false;
    kinds.set(kind, fingerprint);
  }
  return true;
}

/** Marks with no end of a JSON object, or of a line, between them. */
function records(text: ByteString, marks: readonly PersonalMark[]): PersonalMark[][] {
  const found: PersonalMark[][] = [];
  const ends = text.includes('{') ? /\}\s{0,40},\s{0,40}\{/ : /\n/;
  let last: PersonalMark | undefined;
  for (const mark of marks.toSorted((one, two) => one.at - two.at)) {
    const current = found.at(-1);
    if (last === undefined || current === undefined || ends.test(text.slice(last.at, mark.at)))
      found.push([mark]);
    else current.push(mark);
    last = mark;
  }
  return found;
}
