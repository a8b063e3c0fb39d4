import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import { itemsOf, textOf, textsOf } from './answer-values.ts';
import type { Probe, Tell, Weight } from './check.ts';
import type { Address } from './line.ts';
import type { FoundTell } from './self-check.ts';
import type { Login, SessionOptions } from './session.ts';
import { openSession } from './session.ts';

/** One known way to see that two servers come from the same maker. */
export interface PairCheck {
  readonly id: string;
  readonly title: string;
  readonly weight: Weight;
  readonly why: string;
  readonly source: string;
  readonly run: (one: Probe, other: Probe) => Promise<Tell | undefined>;
}

const source = 'mass correlation; docs/self-check.md';
const MOST_NAMES = 500;
const MOST_READ = 50;
/** Shorter values are alike by chance. */
const TELLING_LENGTH = 8;

export const pairChecks: readonly PairCheck[] = [
  {
    id: 'correlation.ids',
    title: 'no id is shared',
    weight: 'definite',
    why: 'Ids are random in each process; the same one twice was compiled in.',
    source,
    run: async (one, other) => {
      const [mine, yours] = [await identityOf(one), await identityOf(other)];
      // A replica has the replication id of its master.
      const fields =
        mine.get('role') === 'master' && yours.get('role') === 'master'
          ? ['run_id', 'master_replid']
          : ['run_id'];
      const shared = fields.find((field) => mine.has(field) && mine.get(field) === yours.get(field));
      if (shared !== undefined)
        return {
          saw: printable(`both have ${shared}:${mine.get(shared)}`, 120),
          expected: 'ids of their own',
        };
      const alike = ['process_id', 'uptime_in_seconds', 'used_memory'].every(
        (field) => mine.get(field) === yours.get(field),
      );
      return alike
        ? { saw: 'the same process_id, uptime and used_memory', expected: 'figures of their own' }
        : undefined;
    },
  },
  {
    id: 'correlation.settings',
    title: 'CONFIG GET * comes in different orders from 7.0 on',
    weight: 'definite',
    why: 'The order comes from a seed of the process.',
    source,
    run: async (one, other) => {
      if (one.server.level < 7 || other.server.level < 7) return undefined;
      const [mine, yours] = [await settingNames(one), await settingNames(other)];
      return mine.length > 20 && mine.join() === yours.join()
        ? { saw: `${mine.length} settings in the same order`, expected: 'another order in each process' }
        : undefined;
    },
  },
  {
    id: 'correlation.scan',
    title: 'the same keys come in different orders',
    weight: 'definite',
    why: 'The order of KEYS and SCAN comes from a seed of the process.',
    source,
    run: async (one, other) => {
      const [mine, yours] = [await orderOf(one), await orderOf(other)];
      return mine.length > 20 && mine.join() === yours.join()
        ? { saw: `${mine.length} keys in the same order`, expected: 'another order in each process' }
        : undefined;
    },
  },
  {
    id: 'correlation.data',
    title: 'no value is found in both',
    weight: 'weak',
    why: 'Bait that is shipped with a sensor is the same everywhere. Replicas and copies share data as well.',
    source,
    run: async (one, other) => {
      const theirs = new Set(await someNames(other));
      const common = (await someNames(one)).filter((name) => theirs.has(name)).slice(0, MOST_READ);
      for (const name of common) {
        const [mine, yours] = [await valueOf(one, name), await valueOf(other, name)];
        if (mine !== undefined && mine === yours)
          return { saw: `${printable(name, 80)} has the same value in both`, expected: 'data of their own' };
      }
      return undefined;
    },
  },
];

export interface Server {
  readonly address: Address;
  readonly login: Login;
}

/** What two servers share that two real ones never do. Rejects as `selfCheck` does. */
export async function compareServers(
  one: Server,
  other: Server,
  options: Omit<SessionOptions, 'prefix'>,
): Promise<readonly FoundTell[]> {
  const both = { ...options, prefix: `${options.random.hex(6)}:` };
  const first = await openSession(one.address, one.login, both);
  try {
    const second = await openSession(other.address, other.login, both);
    try {
      const tells: FoundTell[] = [];
      for (const { run, ...about } of pairChecks) {
        const tell = await run(first.probe, second.probe);
        await Promise.all([first.tidy(), second.tidy()]);
        if (tell !== undefined) tells.push({ ...about, ...tell });
      }
      return tells;
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

async function identityOf(probe: Probe): Promise<ReadonlyMap<string, ByteString>> {
  return new Map([
    ...(await probe.info('server')),
    ...(await probe.info('replication')),
    ...(await probe.info('memory')),
  ]);
}

async function settingNames({ ask }: Probe): Promise<readonly ByteString[]> {
  return textsOf(await ask('CONFIG', 'GET', '*')).filter((_, at) => at % 2 === 0);
}

async function orderOf({ ask, key }: Probe): Promise<readonly ByteString[]> {
  const names = Array.from({ length: 32 }, (_, at) => key(`o${at}`));
  await ask('MSET', ...names.flatMap((name) => [name, 'v']));
  return textsOf(await ask('KEYS', `${key('o')}*`));
}

async function someNames({ ask }: Probe): Promise<readonly ByteString[]> {
  return textsOf(itemsOf(await ask('SCAN', '0', 'COUNT', String(MOST_NAMES)))?.[1]).slice(0, MOST_NAMES);
}

async function valueOf({ ask }: Probe, name: ByteString): Promise<ByteString | undefined> {
  const answer = await ask('GETRANGE', name, '0', '255');
  const text = textOf(answer);
  return text !== undefined && text.length >= TELLING_LENGTH ? text : undefined;
}
