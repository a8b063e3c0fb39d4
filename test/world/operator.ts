import type { Random } from '../../src/platform/random.ts';

/** How an operator of the generated day works. */
export type Style = 'cron' | 'ssh' | 'rogue' | 'web' | 'lua';

/** One operator with what is his own, what he changes in the course of the day, and what he shares with others. */
export interface Operator {
  readonly id: string;
  readonly style: Style;
  /** Servers that he uses one after the other. */
  readonly hosts: readonly string[];
  /** URLs on services that everybody uses; the paths are his own. */
  readonly pastes: readonly string[];
  readonly sshKeys: readonly string[];
  readonly wallet: string | undefined;
  /** A downloader that others use as well. */
  readonly tool: string | undefined;
  /** Servers of competitors, which his script removes. */
  readonly kills: readonly string[];
  /** Hidden in the source of a page. */
  readonly password: string;
  readonly keys: readonly string[];
  readonly sources: readonly string[];
  readonly sessions: number;
}

const STYLES: readonly Style[] = ['cron', 'ssh', 'rogue', 'web', 'lua'];
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export interface Neighbourhood {
  /** Addresses behind which several operators sit. */
  readonly shared: readonly string[];
  readonly tools: readonly string[];
  /** Hosts of the operators made so far. */
  readonly hosts: readonly string[];
}

export function makeOperator(
  number: number,
  random: Random,
  { shared, tools, hosts }: Neighbourhood,
): Operator {
  const style = STYLES[number % STYLES.length] ?? 'cron';
  const few = (most: number): number => 1 + random.below(most);
  const size = 4 + random.below(30);
  const own = Array.from({ length: few(3) }, (_, at) =>
    random.below(2) === 0
      ? `203.0.113.${(number * 5 + at) % 250}`
      : `${random.hex(4)}.op${number}-${at}.example.invalid`,
  );
  const sources = Array.from({ length: size }, (_, at) => `198.18.${number}.${at + 1}`);
  for (const address of shared) if (random.below(4) === 0) sources.push(address);
  return {
    id: `op${String(number).padStart(2, '0')}`,
    style,
    hosts: own,
    pastes: random.below(3) === 0 ? [`https://pastebin.com/raw/${random.hex(4)}`] : [],
    sshKeys: style === 'ssh' ? Array.from({ length: few(2) }, () => sshKey(random)) : [],
    wallet: style !== 'ssh' && random.below(2) === 0 ? wallet(random) : undefined,
    tool: number % 4 === 3 ? tools[number % tools.length] : undefined,
    kills: number % 10 === 7 ? hosts.slice(0, 3) : [],
    password: random.hex(6),
    keys: random.below(2) === 0 ? [`k${random.hex(3)}`] : [],
    sources,
    sessions: size + random.below(60),
  };
}

/** The botnet of 2018: numbered backup keys, a few servers, and very many sources. */
export function botnetOf(size: number): Operator {
  return {
    id: 'backup',
    style: 'cron',
    hosts: ['192.0.2.200', '192.0.2.201', '192.0.2.202'],
    pastes: [],
    sshKeys: [],
    wallet: undefined,
    tool: undefined,
    kills: [],
    password: '',
    keys: ['backup1'],
    sources: Array.from({ length: size }, (_, at) => `198.19.${100 + (at >> 8)}.${at & 255}`),
    sessions: size * 2,
  };
}

/** The blob of a key that names itself, as RFC 4253 wants it; no private part was ever made. */
function sshKey(random: Random): string {
  const kind = 'ssh-ed25519';
  const head = Buffer.concat([
    Buffer.from([0, 0, 0, kind.length]),
    Buffer.from(kind),
    Buffer.from([0, 0, 0, 32]),
  ]);
  return `${kind} ${Buffer.concat([head, Buffer.from(random.hex(32), 'hex')]).toString('base64')}`;
}

/** The form of a Monero address; it belongs to nobody. */
function wallet(random: Random): string {
  return `4${Array.from({ length: 94 }, () => BASE58[random.below(58)]).join('')}`;
}
