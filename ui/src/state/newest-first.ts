/** Two lists, newest first, as one without doubles. */
export function newestFirst<T extends { readonly id: string; readonly time: number }>(
  front: readonly T[],
  back: readonly T[],
  most: number,
): T[] {
  const known = new Set(front.map(({ id }) => id));
  const all = [...front, ...back.filter(({ id }) => !known.has(id))];
  return all.toSorted((a, b) => b.time - a.time).slice(0, most);
}
