import type { LuaFlavour } from './lua-machine.ts';
import type { LuaThread } from './lua-thread.ts';
import { createLuaThread } from './lua-thread.ts';

/** The threads of a server's scripts: a group of visitors whose script runs on has one, the others go on with another. */
export interface LuaThreads {
  /** A thread for a group, the one it had before when that is free; it is taken until it is given back. */
  take(group: string): LuaThread;
  giveBack(thread: LuaThread): void;
  /** Starts one that is to hand, if it is not there yet; does not wait for it. */
  warm(): void;
  end(): void;
}

/** So many at most; a script that runs on is ended for one more. */
const MOST_THREADS = 4;
/** So many stay when nothing runs. */
const MOST_FREE = 2;
const MOST_HOMES = 512;

export function createLuaThreads(flavour: LuaFlavour, now: () => number): LuaThreads {
  const free: LuaThread[] = [];
  /** The one taken longest first. */
  const taken: LuaThread[] = [];
  const homes = new Map<string, LuaThread>();
  const remember = (group: string, thread: LuaThread): void => {
    homes.delete(group);
    homes.set(group, thread);
    const [oldest] = homes.keys();
    if (homes.size > MOST_HOMES && oldest !== undefined) homes.delete(oldest);
  };
  const choose = (group: string): LuaThread => {
    const home = homes.get(group);
    if (home !== undefined && free.includes(home)) return home;
    const [first] = free;
    if (first !== undefined) return first;
    // Its owner is told when it looks for the rest, and does not give it back twice.
    if (taken.length >= MOST_THREADS) taken.shift()?.end();
    return createLuaThread(flavour, now);
  };
  return {
    take: (group) => {
      const thread = choose(group);
      if (free.includes(thread)) free.splice(free.indexOf(thread), 1);
      taken.push(thread);
      remember(group, thread);
      return thread;
    },
    giveBack: (thread) => {
      const at = taken.indexOf(thread);
      if (at < 0) return;
      taken.splice(at, 1);
      free.push(thread);
      // The one that is left is the one whose machines know the most groups.
      if (free.length > MOST_FREE) free.splice(1, 1)[0]?.end();
    },
    warm: () => {
      if (free.length === 0 && taken.length < MOST_THREADS) free.push(createLuaThread(flavour, now));
      free[0]?.warm();
    },
    end: () => {
      for (const thread of [...free.splice(0), ...taken.splice(0)]) thread.end();
    },
  };
}
