import type { RedisServer } from '../../emulator/client.ts';
import type { Act } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { CommandContext } from '../../redis/interpret.ts';

/**
 * Where a command takes place. Within MULTI nothing has happened yet when a command is recorded: what was queued
 * before it counts as if it had, so that a SAVE says to which file it will write.
 */
export interface QueuedContext {
  of(db: number): Omit<CommandContext, 'cut'>;
  /** To be told of every command that was recorded, with its reply. */
  note(acts: readonly Act[], reply: ByteString): void;
}

const QUEUED = '+QUEUED\r\n';

export function createQueuedContext(redis: RedisServer): QueuedContext {
  const settings = new Map<string, ByteString>();
  let selected: number | undefined;
  return {
    of: (db) => ({
      db: selected ?? db,
      dir: settings.get('dir') ?? redis.setting('dir') ?? '',
      dbfilename: settings.get('dbfilename') ?? redis.setting('dbfilename') ?? '',
    }),
    note: (acts, reply) => {
      if (reply !== QUEUED) {
        settings.clear();
        selected = undefined;
        return;
      }
      for (const act of acts) {
        if (act.type === 'redis.setting') settings.set(act.name, act.value);
        if (act.type !== 'redis.command' || act.name !== 'select') continue;
        const [index = ''] = act.args;
        if (/^\d{1,5}$/.test(index)) selected = Number(index);
      }
    },
  };
}
