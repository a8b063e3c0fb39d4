import type { ByteString } from '../../model/bytes.ts';
import type { ClientState, World } from '../world.ts';
import type { ShellDisk, ShellState } from './shell-state.ts';
import { diskOf } from './shell-state.ts';

/** The pretended machine that a shell line meets: facts that agree with what the pretended server says of itself. */
export interface Machine {
  readonly state: ShellState;
  readonly disk: ShellDisk;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly booted: number;
  readonly started: number;
  /** Debian's release, 11 and later. */
  readonly debian: number;
  readonly kernel: string;
  readonly architecture: string;
  /** `redis` or `valkey`: the account, and the name of the program. */
  readonly account: string;
  readonly pid: number;
  readonly port: number;
  readonly folder: string;
  readonly memory: number;
  readonly settings: ReadonlyMap<string, ByteString>;
  /** Addresses and ports of those who are connected. */
  readonly visitors: readonly { readonly address: string; readonly port: number }[];
  /** Files that a master has brought. */
  readonly received: readonly string[];
  readonly random: (limit: number) => number;
}

const MOST_VISITORS = 16;

export function machineOf(world: World, client: ClientState): Machine {
  const { persona, shell } = world;
  const [, kernel = '5.10.0-30-amd64', architecture = 'x86_64'] = infoField(world, 'os').split(' ');
  const others = [...world.clients.values()]
    .filter((one) => one !== client && one.view === client.view)
    .slice(0, MOST_VISITORS - 1);
  return {
    state: shell,
    disk: diskOf(shell, client.view.name),
    now: world.clock.now(),
    // The service came up with the machine, seconds after the kernel.
    booted: world.started - 9_000,
    started: world.started,
    debian: Number(/debian-(\d{1,3})/.exec(persona.name)?.[1] ?? 11),
    kernel,
    architecture,
    account: persona.engine,
    pid: world.pid,
    port: world.port,
    folder: world.config.get('dir') ?? '/',
    memory: Number(infoField(world, 'total_system_memory')) || 4_104_196_096,
    settings: world.config,
    visitors: [client, ...others].map(({ origin }) => ({ address: origin.address, port: origin.port })),
    received: [...world.files.keys()],
    random: (limit) => world.random.below(limit),
  };
}

function infoField({ persona }: World, wanted: string): string {
  for (const { fields } of persona.sections)
    for (const [name, value] of fields) if (name === wanted) return value;
  return '';
}
