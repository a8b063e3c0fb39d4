import { printableText } from '../../model/printable.ts';
import type { AuditTarget } from '../ask/target.ts';
import { shownTarget } from '../ask/target.ts';
import { addressText, WIDTH } from './address.ts';
import type { Cidr } from './cidr.ts';
import { cidrText, parseCidr } from './cidr.ts';

export interface RangePort {
  readonly port: number;
  readonly tls: boolean;
}

/** A block of addresses, each to be asked on each of these ports. */
export interface TargetRange {
  readonly text: string;
  readonly block: Cidr;
  readonly ports: readonly RangePort[];
}

const USUAL: readonly RangePort[] = [{ port: 6_379, tls: false }];
const MOST_PORTS = 64;
const RANGE = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([0-9a-fA-F:.]{2,45}))\/(\d{1,3})(?::([\d,/tls-]{1,400}))?$/;

/**
 * `192.0.2.0/24`, `192.0.2.0/24:6379,6380/tls,7000-7005`, `[2001:db8::]/120:6379`. Undefined for anything else: with a
 * scheme or a port before the slash, what follows is the number of a database.
 */
export function parseRange(text: string): TargetRange | { readonly fault: string } | undefined {
  const word = text.trim();
  const [, v6, bare, bits, ports] = RANGE.exec(word.slice(0, 512)) ?? [];
  const address = v6 ?? bare;
  if (word.length > 512 || address === undefined || bits === undefined) return undefined;
  const block = parseCidr(`${address}/${bits}`);
  if (block === undefined) return undefined;
  if ('fault' in block) {
    return fault(
      word,
      `${block.fault}; for database ${bits} write redis://${v6 === undefined ? address : `[${v6}]`}/${bits}`,
    );
  }
  const read = ports === undefined ? USUAL : readPorts(ports);
  if (read === undefined) {
    return fault(
      word,
      `its ports are not written as 6379,6380/tls,7000-7005, or are more than ${MOST_PORTS}`,
    );
  }
  return { text: word, block, ports: read };
}

function readPorts(text: string): RangePort[] | undefined {
  const all = new Map<string, RangePort>();
  for (const word of text.split(',')) {
    const [, from, to, tls] = /^(\d{1,5})(?:-(\d{1,5}))?(\/tls)?$/.exec(word) ?? [];
    const first = Number(from);
    const last = Number(to ?? from);
    if (!(first >= 1 && last <= 65_535 && first <= last && last - first < MOST_PORTS)) return undefined;
    for (let port = first; port <= last; port++)
      all.set(`${port}${tls ?? ''}`, { port, tls: tls !== undefined });
    if (all.size > MOST_PORTS) return undefined;
  }
  return [...all.values()];
}

function fault(word: string, why: string): { readonly fault: string } {
  return { fault: `'${printableText(word, 80)}' is not a range: ${why}.` };
}

/** Servers a range stands for; may be more than a number holds exactly, for IPv6. */
export function rangeSize({ block, ports }: TargetRange): number {
  return Number(1n << BigInt(WIDTH[block.family] - block.bits)) * ports.length;
}

/** The `index`-th server of a range: all addresses on the first port, then on the next. */
export function rangeTarget({ block, ports }: TargetRange, index: number): AuditTarget {
  const addresses = 2 ** (WIDTH[block.family] - block.bits);
  const { port, tls } = ports[Math.floor(index / addresses)] ?? { port: 6_379, tls: false };
  const host = addressText({ family: block.family, value: block.base + BigInt(index % addresses) });
  return { text: shownTarget({ tls, user: undefined, host, port, db: undefined }), host, port, tls };
}

export function rangeText({ block, ports }: TargetRange): string {
  return `${cidrText(block)}:${ports.map(({ port, tls }) => `${port}${tls ? '/tls' : ''}`).join(',')}`;
}
