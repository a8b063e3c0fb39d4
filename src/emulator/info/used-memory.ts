import { allocatedSize } from '../allocated-size.ts';
import type { Persona } from '../persona.ts';
import { isValkey } from '../version.ts';
import type { ClientState, World } from '../world.ts';

/** What a release needs beside its data, measured: bytes a client, one that is busy and one that rests. */
interface Costs {
  readonly client: number;
  readonly busy: number;
  readonly resting: number;
  /** The histogram of a command's latencies, once it has been called. */
  readonly histogram: number;
  /** A cached script beside its text. */
  readonly script: number;
}

const OLDER: Costs = { client: 20_968, busy: 20_496, resting: 20_496, histogram: 0, script: 48 };
const SEVEN: Costs = { client: 10_646, busy: 22_272, resting: 2_312, histogram: 24_744, script: 64 };
const EIGHT: Costs = { client: 2_614, busy: 1_920, resting: 2_034, histogram: 24_744, script: 96 };
const VALKEY: Costs = { client: 2_035, busy: 1_664, resting: 1_778, histogram: 24_744, script: 104 };

function costsOf(world: World): Costs {
  if (isValkey({ world })) return VALKEY;
  return world.level < 7 ? OLDER : world.level < 8 ? SEVEN : EIGHT;
}

/** A server looks at each of its clients once a second. */
const ROUND_MS = 1_000;
const RESTING_MS = 2_000;

/** A figure as the persona was recorded with it: a server with nothing in it and one client. */
export function recorded(persona: Persona, name: string): number {
  for (const { fields } of persona.sections) {
    const found = fields.find(([field]) => field === name);
    if (found !== undefined) return Number(found[1]);
  }
  return 0;
}

const bases = new WeakMap<Persona, number>();

/** Bytes that a real server would have in use, without what clients have only announced: memory limits go by this. */
export function usedMemory(world: World): number {
  const { persona, statistics, clients, memory } = world;
  const base = bases.get(persona) ?? recorded(persona, 'used_memory');
  bases.set(persona, base);
  const used = base + (clients.size - 1) * costsOf(world).client + memory.bytes + world.held;
  statistics.peak = Math.max(statistics.peak, used + world.promised);
  return used;
}

/** What INFO tells, on top of `usedMemory`, which is asked before each command that needs memory. */
export function reportedMemory(world: World): number {
  const called = [...world.commands.values()].reduce(
    (count, { calls, parts }) =>
      count + (calls > 0 ? 1 : 0) + [...parts.values()].filter((part) => part.calls > 0).length,
    0,
  );
  // A query buffer of 6.0 is given back before anyone can see it in use.
  const promised = world.level < 7 ? 0 : world.promised;
  const asked = usedMemory(world) + called * costsOf(world).histogram + scriptBytes(world) + promised;
  // An allocator gives nothing but multiples of eight.
  const used = 8 * Math.ceil(asked / 8);
  world.statistics.peak = Math.max(world.statistics.peak, used);
  return used;
}

export function clientBytes(world: World): number {
  const costs = costsOf(world);
  const now = world.clock.now();
  let total = world.level < 7 ? 0 : world.promised;
  for (const client of world.clients.values()) total += bytesOf(client, costs, now);
  return total;
}

function bytesOf(client: ClientState, costs: Costs, now: number): number {
  if (now - client.since < ROUND_MS) return 0;
  return (now - client.lastSeen < RESTING_MS ? costs.busy : costs.resting) + client.held;
}

export function scriptBytes(world: World): number {
  const { size } = world.scripts;
  if (size === 0) return 0;
  const { script } = costsOf(world);
  let total = 24 * size + 8 * tableSlots(size);
  for (const text of world.scripts.values()) total += script + allocatedSize(text.length + 4);
  return total;
}

/** Buckets of a hash table with so many entries. */
export function tableSlots(size: number): number {
  if (size === 0) return 0;
  return Math.max(4, 2 ** Math.ceil(Math.log2(size)));
}

/** The tables that a database is made of, and those of its keys with a time to live: bytes without keys and values. */
export function tableBytes(world: World, keys: number, expires: number): { main: number; expires: number } {
  if (isValkey({ world })) {
    return { main: 216 + 64 * Math.ceil(keys / 7), expires: 96 + 64 * Math.ceil(expires / 7) };
  }
  const extra = world.level < 8 ? { main: 0, expires: 0 } : { main: 2_696, expires: 232 };
  return {
    main: extra.main + 40 * keys + 8 * tableSlots(keys),
    expires: extra.expires + 24 * expires + 8 * tableSlots(expires),
  };
}
