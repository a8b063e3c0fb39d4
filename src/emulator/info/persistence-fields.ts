import type { World } from '../world.ts';

/** The fields of INFO persistence that move. */
export function persistenceFields(world: World): Record<string, string | number> {
  const { persistence, statistics, config } = world;
  const now = world.clock.now();
  const { saving, rewriting } = persistence;
  const since = (from: number | undefined): number =>
    from === undefined ? -1 : Math.trunc((now - from) / 1_000);
  return {
    rdb_changes_since_last_save: world.dirty,
    rdb_bgsave_in_progress: saving === undefined ? 0 : 1,
    rdb_last_save_time: world.lastSave,
    rdb_last_load_keys_loaded: world.loadedKeys,
    rdb_last_bgsave_time_sec: persistence.lastSaveTook,
    rdb_current_bgsave_time_sec: since(saving?.from),
    rdb_saves: statistics.saves,
    rdb_last_cow_size: persistence.saveCopied,
    aof_enabled: config.get('appendonly') === 'yes' ? 1 : 0,
    aof_rewrite_in_progress: rewriting === undefined ? 0 : 1,
    aof_rewrite_scheduled: persistence.rewriteScheduled ? 1 : 0,
    aof_last_rewrite_time_sec: persistence.lastRewriteTook,
    aof_current_rewrite_time_sec: since(rewriting?.from),
    aof_rewrites: persistence.rewrites,
    aof_last_cow_size: persistence.rewriteCopied,
  };
}
