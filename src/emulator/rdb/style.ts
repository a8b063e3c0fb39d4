import type { Level } from '../version.ts';
import type { World } from '../world.ts';

/** How a server writes values: its release and its settings. */
export interface RdbStyle {
  readonly world: World;
  readonly level: Level;
  /** Of the format. */
  readonly rdbVersion: number;
  /** LZF. */
  readonly compression: boolean;
}

export function rdbStyle(world: World): RdbStyle {
  const { config, level, persona } = world;
  return {
    world,
    level,
    rdbVersion: persona.rdbVersion,
    compression: config.get('rdbcompression') !== 'no',
  };
}
