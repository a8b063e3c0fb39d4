/** Sets that grow together (union-find with path halving). */
export interface Unions {
  readonly join: (one: number, other: number) => void;
  /** Members in rising order, sets in the order of their first. */
  readonly groups: () => number[][];
}

export function createUnions(size: number): Unions {
  const parents = Uint32Array.from({ length: size }, (_, at) => at);
  const root = (member: number): number => {
    let at = member;
    for (;;) {
      const parent = parents[at] ?? at;
      if (parent === at) return at;
      parents[at] = parents[parent] ?? parent;
      at = parent;
    }
  };
  return {
    // The lower number is the root, so that the result does not depend on the order of the joins.
    join: (one, other) => {
      const [left, right] = [root(one), root(other)];
      parents[Math.max(left, right)] = Math.min(left, right);
    },
    groups: () => {
      const groups = new Map<number, number[]>();
      for (let at = 0; at < size; at++) {
        const members = groups.get(root(at));
        if (members === undefined) groups.set(root(at), [at]);
        else members.push(at);
      }
      return [...groups.values()];
    },
  };
}
