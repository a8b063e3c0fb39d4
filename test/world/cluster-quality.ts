/** How well groups fit what is known: pairs of sessions rightly and wrongly together, and V-measure. */
export interface ClusterQuality {
  readonly precision: number;
  readonly recall: number;
  /** Rosenberg and Hirschberg 2007: harmonic mean of homogeneity and completeness. */
  readonly vMeasure: number;
}

/** @param found group by session; what is missing is a group of its own. */
export function clusterQuality(
  truth: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): ClusterQuality {
  const table = new Map<string, Map<string, number>>();
  const classes = new Map<string, number>();
  const clusters = new Map<string, number>();
  for (const [session, label] of truth) {
    const cluster = found.get(session) ?? `alone ${session}`;
    const row = table.get(cluster) ?? new Map<string, number>();
    table.set(cluster, row.set(label, (row.get(label) ?? 0) + 1));
    classes.set(label, (classes.get(label) ?? 0) + 1);
    clusters.set(cluster, (clusters.get(cluster) ?? 0) + 1);
  }
  const pairs = (counts: Iterable<number>): number =>
    [...counts].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const together = pairs([...table.values()].flatMap((row) => [...row.values()]));
  const total = truth.size;
  const entropy = (counts: Iterable<number>): number =>
    [...counts].reduce((sum, n) => sum - (n / total) * Math.log(n / total), 0);
  let classGivenCluster = 0;
  let clusterGivenClass = 0;
  for (const [cluster, row] of table) {
    for (const [label, n] of row) {
      classGivenCluster -= (n / total) * Math.log(n / (clusters.get(cluster) ?? n));
      clusterGivenClass -= (n / total) * Math.log(n / (classes.get(label) ?? n));
    }
  }
  const homogeneity = 1 - classGivenCluster / Math.max(entropy(classes.values()), Number.MIN_VALUE);
  const completeness = 1 - clusterGivenClass / Math.max(entropy(clusters.values()), Number.MIN_VALUE);
  return {
    precision: together / Math.max(1, pairs(clusters.values())),
    recall: together / Math.max(1, pairs(classes.values())),
    vMeasure: (2 * homogeneity * completeness) / Math.max(homogeneity + completeness, Number.MIN_VALUE),
  };
}
