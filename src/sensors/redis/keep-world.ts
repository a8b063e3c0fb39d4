import type { RedisServer } from '../../emulator/client.ts';
import type { WorldFile } from './world-file.ts';

/** Saves a world now and then while there are visitors, and at the end. */
export interface WorldKeeper {
  /** Somebody came, who may change something. */
  changed(): void;
  /** Saves what is new, and stops. */
  close(): Promise<void>;
}

/** As often as a server with the usual `save 60 10000` at most. */
const EVERY_MS = 60_000;

export function keepWorld(
  redis: RedisServer,
  {
    world,
    onTrouble,
  }: { readonly world?: WorldFile | undefined; readonly onTrouble?: (message: string) => void },
): WorldKeeper {
  let stale = true;
  let saving: Promise<void> | undefined;
  let troubled = false;

  const save = async (): Promise<void> => {
    if (world === undefined) return;
    try {
      await world.write(redis.save());
      troubled = false;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!troubled) onTrouble?.(`the sensor's keys cannot be saved (${reason}); they last until it stops.`);
      troubled = true;
    }
  };
  const once = (): Promise<void> => {
    saving ??= save().finally(() => {
      saving = undefined;
    });
    return saving;
  };
  const timer = setInterval(() => {
    if (!stale) return;
    stale = false;
    void once();
  }, EVERY_MS);
  timer.unref();
  return {
    changed: () => {
      stale = true;
    },
    close: async () => {
      clearInterval(timer);
      await saving;
      await once();
    },
  };
}
