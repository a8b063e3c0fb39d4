import type { ByteString } from '../model/bytes.ts';

/** A URL in its normal form, with the part that is a host of its own. */
export interface FoundUrl {
  readonly url: string;
  readonly host: string;
  readonly port: number | undefined;
}

const SCHEMES = ['https', 'http', 'ftp', 'ftps', 'tftp', 'redis', 'rediss', 'stratum+tcp', 'tcp'];
const LONGEST_URL = 2_048;

/** The URLs of a text. A URL ends where a shell or a quoting language would end it. Linear. */
export function urlsIn(text: ByteString, most: number): FoundUrl[] {
  const found: FoundUrl[] = [];
  let from = 0;
  // What looks like a URL and is none costs as much as one: a text full of them is not read to its end.
  for (let tries = 0; tries < most * 4 && found.length < most; tries++) {
    const mark = text.indexOf('://', from);
    if (mark < 0) break;
    from = mark + 3;
    const before = text.slice(Math.max(0, mark - 12), mark).toLowerCase();
    const scheme = SCHEMES.find(
      (name) => before.endsWith(name) && !/[a-z0-9+]/.test(before.charAt(before.length - name.length - 1)),
    );
    if (scheme === undefined) continue;
    const rest = text.slice(from, from + LONGEST_URL);
    const stop = rest.search(/[\s"'`|;<>(){}\\^,\u0000-\u001f\u007f-\u00ff]/);
    const url = normalUrl(scheme, stop < 0 ? rest : rest.slice(0, stop));
    if (url !== undefined) found.push(url);
  }
  return found;
}

/** Scheme and host in lower case, no credentials, no fragment, no trailing punctuation of a sentence. */
function normalUrl(scheme: string, rest: string): FoundUrl | undefined {
  const [authority = '', ...path] = (rest.split('#')[0] ?? '').replace(/[.,&]+$/, '').split('/');
  const at = authority.lastIndexOf('@');
  const place = /^([a-z0-9.-]{1,253})(?::(\d{1,5}))?(\?.*)?$/i.exec(authority.slice(at + 1));
  const host = (place?.[1] ?? '').toLowerCase().replace(/\.+$/, '');
  if (!isHost(host)) return undefined;
  const port = place?.[2] === undefined ? undefined : Number(place[2]);
  const tail = path.length === 0 ? (place?.[3] ?? '') : `/${path.join('/')}`;
  return { url: `${scheme}://${host}${port === undefined ? '' : `:${port}`}${tail}`, host, port };
}

/** A name with a dot, or an address. */
export function isHost(host: string): boolean {
  return (
    host.length <= 253 &&
    /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,10}$/i.test(host) &&
    !host.split('.').some((label) => label.startsWith('-') || label.endsWith('-')) &&
    (/\.[a-z][a-z0-9-]{1,62}$/i.test(host) || /^\d{1,3}(\.\d{1,3}){3}$/.test(host))
  );
}
