import { BlockList, isIP } from 'node:net';
import type { ByteString } from '../../model/bytes.ts';
import { SecLangFault } from '../seclang/fault.ts';

/** `@ipMatch 10.0.0.0/8,::1`: addresses and networks of both kinds. */
export function addressTest(argument: ByteString): (value: ByteString) => boolean {
  const list = new BlockList();
  for (const part of argument.split(/[\s,]+/).filter((text) => text !== '')) {
    const [address = '', prefix] = part.split('/');
    const kind = family(address);
    const bits = prefix === undefined ? undefined : Number(prefix);
    if (kind === undefined || (bits !== undefined && !(bits >= 0 && bits <= (kind === 'ipv4' ? 32 : 128)))) {
      throw new SecLangFault(`${part} is not an address or a network`);
    }
    if (bits === undefined) list.addAddress(address, kind);
    else list.addSubnet(address, bits, kind);
  }
  return (value) => {
    const kind = family(value);
    return kind !== undefined && list.check(value, kind);
  };
}

function family(address: string): 'ipv4' | 'ipv6' | undefined {
  const kind = isIP(address);
  return kind === 4 ? 'ipv4' : kind === 6 ? 'ipv6' : undefined;
}
