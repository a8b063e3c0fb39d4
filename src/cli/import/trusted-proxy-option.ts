import { InvalidArgumentError, Option } from 'commander';
import { createTrustedProxies } from '../../imports/web/trusted-proxies.ts';
import { collect } from '../options.ts';

export function trustedProxyOption(): Option {
  return new Option(
    '--trusted-proxy <range>',
    'of web logs: a proxy (address or CIDR) whose X-Forwarded-For is believed; may be repeated (default: none)',
  ).argParser((range: string, before: readonly string[] | undefined) => {
    try {
      createTrustedProxies([range]);
    } catch {
      throw new InvalidArgumentError('It has to be an address or a range: 10.0.0.0/8, 2001:db8::/32.');
    }
    return collect(range, before);
  });
}
