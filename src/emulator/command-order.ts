import type { World } from './world.ts';

const seeds = new WeakMap<World, number>();

/**
 * The order of the command table as a server lists it: by a hash table whose seed is drawn at its start, so each
 * sensor has its own, and keeps it.
 */
export function tableOrder(
  world: World,
): <T extends { readonly name: string }>(commands: readonly T[]) => readonly T[] {
  const seed = seeds.get(world) ?? world.random.below(2 ** 32);
  seeds.set(world, seed);
  return (commands) =>
    commands
      .map((command) => ({ command, hash: hashOf(command.name, seed) }))
      .toSorted((one, other) => one.hash - other.hash)
      .map(({ command }) => command);
}

/** FNV-1a over a seed, with the bits mixed at the end. */
function hashOf(name: string, seed: number): number {
  let hash = seed ^ 0x81_1c_9d_c5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01_00_01_93);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c_1b_3c_6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
