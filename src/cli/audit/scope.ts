import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Networks that are the operator's own by their nature: loopback, RFC 1918, link-local, unique local. */
const OWN = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  OWN.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  OWN.addSubnet(network, bits, 'ipv6');
}

/** Where a host really is, decided once: what was allowed is what will be dialled. */
export type Placed =
  | { readonly address: string; readonly family: 4 | 6; readonly own: boolean }
  /** The resolver's code: such a name is not dialled, for it may have an address a moment later. */
  | { readonly fault: string };

export async function place(host: string): Promise<Placed> {
  try {
    const found = isIP(host) === 0 ? await lookup(host) : { address: host, family: isIP(host) };
    const family = found.family === 6 ? 6 : 4;
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(found.address)?.[1];
    const own =
      mapped === undefined
        ? OWN.check(found.address, family === 6 ? 'ipv6' : 'ipv4')
        : OWN.check(mapped, 'ipv4');
    return { address: found.address, family, own };
  } catch (error) {
    return { fault: error instanceof Error && 'code' in error ? String(error.code) : 'ENOTFOUND' };
  }
}
