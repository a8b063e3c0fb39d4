import type { SensorLimits } from './limits.ts';

/** Counts who is there. An address that has left is forgotten. */
export interface Admission {
  /** False when there are too many, or too many from this address; nothing has to be given back then. */
  enter(address: string): boolean;
  leave(address: string): void;
}

export function createAdmission(limits: SensorLimits): Admission {
  const bySource = new Map<string, number>();
  let total = 0;
  return {
    enter: (address) => {
      const there = bySource.get(address) ?? 0;
      if (total >= limits.connections || there >= limits.connectionsPerSource) return false;
      bySource.set(address, there + 1);
      total++;
      return true;
    },
    leave: (address) => {
      const there = bySource.get(address) ?? 0;
      if (there === 0) return;
      total--;
      if (there === 1) bySource.delete(address);
      else bySource.set(address, there - 1);
    },
  };
}
