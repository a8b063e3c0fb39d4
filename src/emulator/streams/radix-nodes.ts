import type { StreamId } from './id.ts';

/**
 * How many nodes a compressed radix tree of these keys has (rax.c): a leaf a key, a node where keys part, and one for
 * every stretch between. The keys are in order and of one length.
 */
export function radixNodes(keys: readonly StreamId[]): number {
  let nodes = keys.length === 0 ? 1 : 0;
  /** How deep the branches are that the key at hand lies in. */
  const open: number[] = [];
  let before = -1;
  for (const [index, key] of keys.entries()) {
    const next = keys[index + 1];
    const shared = next === undefined ? -1 : sharedBytes(key, next);
    const parent = Math.max(before, shared);
    nodes += 1 + stretch(parent, key.length);
    for (let depth = open.at(-1); depth !== undefined && depth > shared; depth = open.at(-1)) {
      open.pop();
      nodes += 1 + stretch(Math.max(open.at(-1) ?? -1, shared), depth);
    }
    if (shared >= 0 && open.at(-1) !== shared) open.push(shared);
    before = shared;
  }
  return nodes;
}

/** 1 when bytes lie between a branch (or the root, -1) and what is below it. */
function stretch(parent: number, depth: number): number {
  return depth - parent - 1 > 0 ? 1 : 0;
}

function sharedBytes(one: StreamId, other: StreamId): number {
  let count = 0;
  while (count < one.length && one.charCodeAt(count) === other.charCodeAt(count)) count++;
  return count;
}
