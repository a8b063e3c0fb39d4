import type { ByteString } from '../model/bytes.ts';
import { ipv4In, isNowhere } from './ipv4.ts';
import { isToBeRemoved } from './removal.ts';
import { sshKeysIn } from './ssh-keys.ts';
import { isHost, urlsIn } from './urls.ts';
import { decodedViews } from './views.ts';
import { walletsIn } from './wallets.ts';

export type ObservableKind = 'url' | 'host' | 'address' | 'endpoint' | 'ssh-key' | 'wallet';

/** Something in a text that can be looked for elsewhere; normalised as `Indicator.value` is. */
export interface Observable {
  readonly kind: ObservableKind;
  readonly value: string;
}

const MOST = 64;

/** What can be looked for elsewhere, in the bytes and in every layer hidden in them. At most 64. */
export function observablesIn(bytes: ByteString): readonly Observable[] {
  const found = new Map<string, Observable>();
  const add = (kind: ObservableKind, value: string): void => {
    if (found.size < MOST) found.set(`${kind} ${value}`, { kind, value });
  };
  const place = (host: string, port: number | undefined): void => {
    const address = /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
    if (address && isNowhere(host)) return;
    add(address ? 'address' : 'host', host);
    if (port !== undefined && port > 0 && port < 65_536) add('endpoint', `${host}:${port}`);
  };
  for (const { bytes: text } of decodedViews(bytes)) {
    for (const { url, host, port } of urlsIn(text, MOST)) {
      if (isNowhere(host)) continue;
      add('url', url);
      place(host, port);
    }
    for (const { address, end } of ipv4In(text, MOST)) {
      if (isToBeRemoved(text, end - address.length)) continue;
      const port = /^:(\d{1,5})(?!\d)/.exec(text.slice(end, end + 7))?.[1];
      place(address, port === undefined ? undefined : Number(port));
    }
    for (const [, host = '', port = ''] of text.matchAll(
      /\/dev\/(?:tcp|udp)\/([A-Za-z0-9.-]{1,253})\/(\d{1,5})/g,
    )) {
      if (isHost(host)) place(host.toLowerCase(), Number(port));
    }
    for (const key of sshKeysIn(text, MOST)) add('ssh-key', key);
    for (const wallet of walletsIn(text, MOST)) add('wallet', wallet);
  }
  return [...found.values()];
}
