import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { indexName, isSegmentName } from './segment-name.ts';

/** Removes the oldest segments until what is left takes no more than `mostBytes`; returns how many were removed. */
export async function removeOldest(folder: string, mostBytes: number): Promise<number> {
  const names = (await readdir(folder)).filter(isSegmentName).toSorted();
  const sizes = await Promise.all(names.map((name) => sizeOf(folder, name)));
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let removed = 0;
  for (const [at, name] of names.entries()) {
    if (total <= mostBytes) break;
    // The index last: a segment without one is readable, one without its segment is nothing.
    await rm(join(folder, name), { force: true });
    await rm(join(folder, indexName(name)), { force: true });
    total -= sizes[at] ?? 0;
    removed++;
  }
  return removed;
}

async function sizeOf(folder: string, name: string): Promise<number> {
  const size = async (path: string): Promise<number> =>
    stat(path).then(
      (found) => found.size,
      () => 0,
    );
  return (await size(join(folder, name))) + (await size(join(folder, indexName(name))));
}
