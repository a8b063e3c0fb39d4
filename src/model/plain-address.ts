/** An address as people write it: IPv4 that came over an IPv6 socket without its prefix, and no zone index. */
export function plainAddress(address: string): string {
  const [bare = ''] = address.split('%');
  return /^::ffff:\d{1,3}(\.\d{1,3}){3}$/i.test(bare) ? bare.slice(7) : bare;
}
