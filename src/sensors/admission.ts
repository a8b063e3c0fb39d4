/** Who is there, by address. An address that has left is forgotten. */
export interface Admission<V> {
  /** False when there is no room: nothing has to be given back then. */
  enter(address: string, visitor: V): boolean;
  leave(address: string, visitor: V): void;
}

/**
 * Lets in as many as the persona's `maxclients` says, from wherever they come, as a real server does. When it is full,
 * a newcomer from elsewhere takes the place of the oldest connection of the address that holds the most, which a real
 * server would not do: a flood must not keep the others out.
 */
export function createAdmission<V>(connections: number, displace: (visitor: V) => void): Admission<V> {
  const bySource = new Map<string, Set<V>>();
  let total = 0;

  const leave = (address: string, visitor: V): void => {
    const there = bySource.get(address);
    if (there?.delete(visitor) !== true) return;
    total--;
    if (there.size === 0) bySource.delete(address);
  };
  /** Gives up a place of the address that holds the most; false when that is nobody else's to lose. */
  const makeRoom = (address: string): boolean => {
    let [heaviest, most] = ['', (bySource.get(address)?.size ?? 0) + 1];
    for (const [other, there] of bySource) if (there.size > most) [heaviest, most] = [other, there.size];
    const [oldest] = bySource.get(heaviest) ?? [];
    if (oldest === undefined || heaviest === address) return false;
    leave(heaviest, oldest);
    displace(oldest);
    return true;
  };
  return {
    enter: (address, visitor) => {
      if (total >= connections && !makeRoom(address)) return false;
      const there = bySource.get(address) ?? new Set<V>();
      bySource.set(address, there.add(visitor));
      total++;
      return true;
    },
    leave,
  };
}
