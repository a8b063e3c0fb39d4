import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { ActOf } from '../model/act.ts';
import type { Clock } from '../platform/clock.ts';

export type Refusal = ActOf<'master.not-dialled'>['reason'];

/** What the operator lets go out. Ranges are CIDR texts. */
export interface CaptureRules {
  /** Addresses that may be dialled although they are not public: for tests. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** When there are any, only these. */
  readonly only: readonly string[];
  readonly deniedPorts: readonly number[];
  /** Bytes of one payload, and of all that lies in the quarantine. */
  readonly payloadBytes: number;
  readonly quotaBytes: number;
  /** How long one connection may take until its payload is whole, milliseconds. */
  readonly payloadMs: number;
  /** Connections at one time. */
  readonly connections: number;
  /** Dials a minute, to one master and to all. */
  readonly dialsPerMaster: number;
  readonly dials: number;
}

export const DEFAULT_CAPTURE_RULES: CaptureRules = {
  allow: [],
  deny: [],
  only: [],
  // Mail, remote login, file sharing: nobody keeps a master there, and a stranger who is sent a PING there complains.
  deniedPorts: [
    19, 22, 23, 25, 53, 110, 111, 123, 135, 139, 143, 161, 389, 445, 465, 587, 993, 995, 3389, 5900,
  ],
  payloadBytes: 67_108_864,
  quotaBytes: 1_073_741_824,
  payloadMs: 60_000,
  connections: 16,
  dialsPerMaster: 20,
  dials: 120,
};

/** A dial that may be made: to this address and no other. `leave` has to be called once it is over. */
export interface Admission {
  readonly address: string;
  leave(): void;
}
export interface Refused {
  readonly reason: Refusal;
  /** Empty when it never came to one. */
  readonly address: string;
}

/** Decides about every connection that would go out. */
export interface CaptureGate {
  readonly rules: CaptureRules;
  /** A name is looked up here, and what was checked is what is dialled: no second answer can change it. */
  admit(host: string, port: number): Promise<Admission | Refused>;
}

/** Addresses of one name that are looked at. */
const MOST_ADDRESSES = 8;
const MINUTE = 60_000;
const MOST_MASTERS = 4_096;

/** Special-purpose ranges of the IANA registries (RFC 6890 and later), and those that carry an IPv4 address inside. */
const NOT_PUBLIC =
  `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
  192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
  240.0.0.0/4 ::/128 ::1/128 ::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16
  3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8`.split(/\s+/);

/** A range such as 192.0.2.0/24, or one address; undefined when it is none. */
export function parseRange(
  text: string,
): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', size, more] = text.split('/');
  const kind = isIP(address);
  const longest = kind === 4 ? 32 : 128;
  if (kind === 0 || more !== undefined || (size !== undefined && !/^\d{1,3}$/.test(size))) return undefined;
  const bits = size === undefined ? longest : Number(size);
  return bits > longest ? undefined : { address, bits, family: kind === 4 ? 'ipv4' : 'ipv6' };
}

/** Throws on a range that is none; the command line checks them before. */
function rangeList(texts: readonly string[]): (address: string) => boolean {
  // One list a family: in a common one an IPv4 address would also be found in ranges that map IPv4 into IPv6.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const text of texts) {
    const range = parseRange(text);
    if (range === undefined) throw new TypeError(`no address range: ${text}`);
    lists[range.family].addSubnet(range.address, range.bits, range.family);
  }
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return lists[family].check(address, family);
  };
}

export function createCaptureGate(options: {
  rules?: Partial<CaptureRules>;
  clock: Clock;
  /** Bytes that still fit in the quarantine. */
  room: () => number;
  resolve?: (host: string) => Promise<readonly string[]>;
  own?: () => readonly string[];
}): CaptureGate {
  const { clock, room, resolve = addressesOf, own = ownAddresses } = options;
  const rules = { ...DEFAULT_CAPTURE_RULES, ...options.rules };
  const [allowed, denied, only, special] = [rules.allow, rules.deny, rules.only, NOT_PUBLIC].map(rangeList);
  const byMaster = new Map<string, number[]>();
  let recent: number[] = [];
  let open = 0;

  const judge = (address: string): Refusal | undefined => {
    if (denied?.(address) === true) return 'denied';
    if (rules.only.length > 0 && only?.(address) !== true) return 'not-allowed';
    if (allowed?.(address) === true) return undefined;
    if (special?.(address) === true) return 'not-public';
    return own().includes(address) ? 'own-address' : undefined;
  };
  /** Counts the dial when there may be one more. */
  const tooOften = (master: string): boolean => {
    const since = clock.monotonic() - MINUTE;
    recent = recent.filter((time) => time > since);
    const before = (byMaster.get(master) ?? []).filter((time) => time > since);
    if (recent.length >= rules.dials || before.length >= rules.dialsPerMaster) return true;
    if (byMaster.size >= MOST_MASTERS) byMaster.clear();
    recent.push(clock.monotonic());
    byMaster.set(master, [...before, clock.monotonic()]);
    return false;
  };
  return {
    rules,
    admit: async (host, port) => {
      const no = (reason: Refusal, address = ''): Refused => ({ reason, address });
      if (!(port > 0 && port < 65_536) || rules.deniedPorts.includes(port)) return no('port');
      if (open >= rules.connections) return no('too-many');
      if (room() < 1) return no('full');
      if (tooOften(`${host.toLowerCase()} ${port}`)) return no('too-often');
      open++;
      let left = false;
      const leave = (): void => {
        if (!left) open--;
        left = true;
      };
      const addresses = isIP(host) === 0 ? await resolve(host) : [host];
      const [first] = addresses;
      if (first === undefined) {
        leave();
        return no('no-address');
      }
      // A name of which one address is forbidden is a trap: none of them is dialled.
      for (const address of addresses.slice(0, MOST_ADDRESSES)) {
        const reason = judge(address);
        if (reason === undefined) continue;
        leave();
        return no(reason, address);
      }
      return { address: first, leave };
    },
  };
}

async function addressesOf(host: string): Promise<readonly string[]> {
  // Only what can be a name in the domain name system is asked for.
  const labels = host.slice(0, 254).split('.');
  if (host.length > 253 || !labels.every((label) => /^[\w-]{1,63}$/.test(label))) return [];
  try {
    return (await lookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);
  } catch {
    return [];
  }
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}
