import { isIP } from 'node:net';
import { endpointParts } from '../../model/endpoint.ts';
import type { Indicator } from '../../model/indicator.ts';

/** The STIX 2.1 pattern of an indicator. What the standard has no object for is `x-sundew:KIND`. */
export function stixPattern({ kind, value }: Indicator): string {
  switch (kind) {
    case 'address':
      return `[${addressType(value)}:value = ${literal(value)}]`;
    case 'host':
      return `[domain-name:value = ${literal(value)}]`;
    case 'url':
      return `[url:value = ${literal(value)}]`;
    case 'endpoint': {
      const { host, port } = endpointParts(value);
      return `[network-traffic:dst_ref.value = ${literal(host)} AND network-traffic:dst_port = ${port}]`;
    }
    case 'sha256':
      return `[file:hashes.'SHA-256' = ${literal(value)}]`;
    case 'tlsh':
      return `[file:hashes.TLSH = ${literal(value)}]`;
    case 'user-agent':
      return `[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = ${literal(value)}]`;
    default:
      return `[x-sundew:${kind} = ${literal(value)}]`;
  }
}

function addressType(address: string): string {
  return isIP(address) === 6 ? 'ipv6-addr' : 'ipv4-addr';
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
