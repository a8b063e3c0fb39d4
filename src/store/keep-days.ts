import type { StoreEngine } from './store-engine.ts';

export interface StoreSize {
  readonly events: number;
  /** On disk, of what is in use. */
  readonly bytes: number;
  /** Days since 1970 UTC that have events, oldest first: `2026-11-25`. */
  readonly days: readonly string[];
}

/** Events older than so many days leave the store (the journal keeps them); 0 keeps all. */
export async function setRetention(engine: StoreEngine, days: number): Promise<void> {
  const [table] = await engine.query(
    "SELECT create_table_query AS made FROM system.tables WHERE database = currentDatabase() AND name = 'events'",
  );
  const made = JSON.stringify(table?.['made'] ?? '');
  if (days === 0) {
    if (made.includes(' TTL ')) await engine.command('ALTER TABLE events REMOVE TTL');
    return;
  }
  if (made.includes(`toIntervalDay(${days})`)) return;
  await engine.command(`ALTER TABLE events MODIFY TTL toDateTime(time) + toIntervalDay(${days})`);
}

export async function storeSize(engine: StoreEngine): Promise<StoreSize> {
  const parts = await engine.query(
    "SELECT partition, sum(rows) AS n, sum(bytes_on_disk) AS size FROM system.parts WHERE database = currentDatabase() AND table = 'events' AND active GROUP BY partition ORDER BY partition",
  );
  return {
    events: parts.reduce((sum, { n }) => sum + Number(n), 0),
    bytes: parts.reduce((sum, { size }) => sum + Number(size), 0),
    days: parts.map(({ partition }) => String(partition)),
  };
}

/** Removes the oldest days until it is below the budget; the newest day stays. Returns the days that went. */
export async function keepBudget(engine: StoreEngine, budget: number): Promise<readonly string[]> {
  const gone: string[] = [];
  for (;;) {
    const { bytes, days } = await storeSize(engine);
    const [oldest] = days;
    if (bytes <= budget || oldest === undefined || days.length < 2 || !/^\d{4}-\d\d-\d\d$/.test(oldest))
      return gone;
    await engine.command(`ALTER TABLE events DROP PARTITION '${oldest}'`);
    gone.push(oldest);
  }
}
