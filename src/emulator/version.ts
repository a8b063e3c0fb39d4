import type { World } from './world.ts';

/**
 * Which Redis a server behaves as: 6, 6.2, 7, 7.2, 7.4 or 8. Valkey 8.1 forked from 7.2 and says so in INFO's
 * `redis_version`, which is what counts here; its own additions go by `isValkey`.
 */
export type Level = number;

/** The level of a `redis_version`: its first two numbers. */
export function levelOf(version: string): Level {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(`${major}.${minor}`);
}

/** True when the server is of this release or later. */
export function since({ world }: { readonly world: World }, level: Level): boolean {
  return world.level >= level;
}

export function isValkey({ world }: { readonly world: World }): boolean {
  return world.persona.engine === 'valkey';
}
