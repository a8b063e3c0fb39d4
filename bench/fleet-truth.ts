/** What was planted into one server of the simulated fleet. */
export interface FleetTruth {
  readonly address: string;
  /** It wants a password: nothing else can be told. */
  readonly locked: boolean;
  readonly infected: boolean;
  readonly version: string;
  readonly runId: string;
  /** Which of the real servers behind the fleet answers for it. */
  readonly model: FleetModel;
}

export type FleetModel = 'locked' | 'clean' | 'infected';

/** As wide as the version of the real server, so that lengths stay as they are. */
const VERSIONS = ['7.0.15', '7.0.11', '6.2.14', '7.2.10'];
const LOCKED_SHARE = 0.1;
const INFECTED_SHARE = 0.25;
const FIRST = 1 << 16;

/** `127.1.0.0` and on: every one is loopback, and none is the network or its broadcast. */
export function fleetAddress(index: number): string {
  const at = FIRST + index;
  return `127.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;
}

export function fleetTruth(address: string): FleetTruth {
  const [, high = 0, middle = 0, low = 0] = address.split('.').map(Number);
  const index = ((high << 16) | (middle << 8) | low) - FIRST;
  const locked = chance(index, 1) < LOCKED_SHARE;
  const infected = !locked && chance(index, 2) < INFECTED_SHARE;
  return {
    address,
    locked,
    infected,
    version: VERSIONS[Math.floor(chance(index, 3) * VERSIONS.length)] ?? '7.0.15',
    runId: index.toString(16).padStart(40, '0'),
    model: locked ? 'locked' : infected ? 'infected' : 'clean',
  };
}

/** The same for the same index in every process: an integer hash, to 0..1. */
function chance(index: number, salt: number): number {
  let mixed = Math.imul(index + 1, 2_654_435_761) ^ Math.imul(salt, 2_246_822_519);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 2_246_822_507);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 3_266_489_909);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
