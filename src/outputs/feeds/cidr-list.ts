import ipaddr from 'ipaddr.js';
import type { FeedItem } from '../../analysis/feed-items.ts';
import { addressesOf } from './block-lists.ts';
import type { FeedFormat } from './feed.ts';
import { stamp } from './feed.ts';

/** Addresses as networks: neighbours that fill a network become one line, and no address is covered that is not listed. */
export const cidrList: FeedFormat = {
  name: 'cidr',
  title: 'addresses as networks, exactly those (nftables sets, firewalls)',
  write: (items, { now, producer }) => {
    const addresses = addressesOf(items);
    const until = Math.min(...addresses.map(({ expires }) => expires));
    return [
      `# ${producer.replace(/[\r\n]/g, ' ')}: ${addresses.length} addresses of attacks on Redis, ${stamp(now)}`,
      ...(addresses.length === 0
        ? []
        : [`# the first of them expires ${stamp(until)}: take the list anew by then`]),
      ...exactNetworks(addresses),
      '',
    ].join('\n');
  },
};

interface Network {
  readonly start: bigint;
  readonly bits: number;
}

function exactNetworks(items: readonly FeedItem[]): string[] {
  const parsed = items.map(({ indicator }) => ipaddr.process(indicator.value));
  return [4, 6].flatMap((family) => {
    const width = family === 4 ? 32 : 128;
    const numbers = parsed
      .filter((one) => (one.kind() === 'ipv4') === (family === 4))
      .map((one) => one.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
    return merged(numbers, width).map(({ start, bits }) => `${textOf(start, width)}/${bits}`);
  });
}

/** Two halves of a network become the network, as often as that goes. */
function merged(numbers: readonly bigint[], width: number): Network[] {
  const sorted = [...numbers].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const networks: Network[] = [];
  for (const [at, start] of sorted.entries()) {
    if (start === sorted[at - 1]) continue;
    networks.push({ start, bits: width });
    for (;;) {
      const [left, right] = networks.slice(-2);
      if (left === undefined || right === undefined || left.bits !== right.bits) break;
      const size = 1n << BigInt(width - left.bits);
      if (left.start + size !== right.start || left.start % (size * 2n) !== 0n) break;
      networks.splice(-2, 2, { start: left.start, bits: left.bits - 1 });
    }
  }
  return networks;
}

function textOf(number: bigint, width: number): string {
  const bytes = Array.from({ length: width / 8 }, (_, at) =>
    Number((number >> BigInt(width - 8 - at * 8)) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
