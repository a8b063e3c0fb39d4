/** Shares of a table's first half that are filled when it has been moved over, as steps of one bucket each. */
const MOVED = 0.63;
const FEWEST = 4;

/** Buckets of a hash table that has grown one by one to this size: of both halves while it is being moved over. */
export function bucketsOf(size: number, from = 0): number {
  let buckets = FEWEST;
  while (buckets < size) buckets *= 2;
  const before = buckets / 2;
  const moving = buckets > FEWEST && before > from && size - before < MOVED * before;
  return moving ? buckets + before : buckets;
}

const ENTRIES = 7;
const BUCKET = 64;
const HEAD = 72;

/** A hash table of Valkey 8.1 without its entries: buckets of seven, and another behind one that is full. */
export function bucketTableBytes(size: number): number {
  let buckets = 1;
  while (buckets * ENTRIES < size) buckets *= 2;
  return HEAD + BUCKET * (buckets + Math.round(buckets * overflow(size / buckets)));
}

/** The share of buckets that get more than seven entries when so many fall to each (Poisson). */
function overflow(mean: number): number {
  let term = Math.exp(-mean);
  let fits = term;
  for (let count = 1; count <= ENTRIES; count++) {
    term *= mean / count;
    fits += term;
  }
  return Math.max(0, 1 - fits);
}
