import { isIP } from 'node:net';
import { printableText } from '../../model/printable.ts';

/** One server to audit. */
export interface AuditTarget {
  /** As asked, without the password; safe to print. */
  readonly text: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly db?: number;
}

const USUAL_PORT = 6_379;
const LONGEST = 2_048;

/** Reads `redis://[user[:password]@]host[:port][/db]`, `rediss://...` (TLS), `host`, `host:port`, `[IPv6]:port`. */
export function parseTarget(text: string): AuditTarget | { readonly fault: string } {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  if (trimmed === '' || trimmed.length > LONGEST) return fault(text, 'it is empty or too long');
  if (scheme !== undefined && scheme !== 'redis' && scheme !== 'rediss') {
    return fault(text, `'${scheme}' is no scheme of Redis; write redis:// or rediss:// (TLS)`);
  }
  const rest = scheme === undefined ? trimmed : trimmed.slice(scheme.length + 3);
  const at = rest.lastIndexOf('@');
  const login = at < 0 ? {} : credentials(rest.slice(0, at));
  if (login === undefined) return fault(text, 'its user or password has a broken % code');
  const place = readPlace(rest.slice(at + 1));
  if (typeof place === 'string') return fault(text, place);
  const tls = scheme === 'rediss';
  const { host, port, db } = place;
  return {
    text: shown(tls, login.user, host, port, db),
    host,
    port,
    tls,
    ...login,
    ...(db === undefined ? {} : { db }),
  };
}

function readPlace(text: string): { host: string; port: number; db: number | undefined } | string {
  const slash = text.indexOf('/');
  const authority = slash < 0 ? text : text.slice(0, slash);
  const path = slash < 0 ? '' : text.slice(slash + 1);
  if (!/^\d{0,5}$/.test(path)) return 'what follows the host is no database number';
  const parts =
    /^(?:\[(?<v6>[0-9a-fA-F:.]{2,45})\]|(?<host>[^\s:[\]/?#@]{1,253}))(?::(?<port>\d{1,5}))?$/.exec(
      authority,
    )?.groups;
  const host = parts?.['v6'] ?? parts?.['host'];
  if (host === undefined) return 'there is no host in it, or an IPv6 address without [ ]';
  if (parts?.['v6'] !== undefined && isIP(host) !== 6) return `[${host}] is no IPv6 address`;
  if (!/^[\w.:-]+$/.test(host)) return 'its host holds characters that no host name has';
  const port = Number(parts?.['port'] ?? USUAL_PORT);
  if (port < 1 || port > 65_535) return `${port} is no port (1 to 65535)`;
  return { host, port, db: path === '' ? undefined : Number(path) };
}

function credentials(text: string): { user?: string; password?: string } | undefined {
  const colon = text.indexOf(':');
  try {
    const user = decodeURIComponent(colon < 0 ? text : text.slice(0, colon));
    const password = colon < 0 ? '' : decodeURIComponent(text.slice(colon + 1));
    return { ...(user === '' ? {} : { user }), ...(password === '' ? {} : { password }) };
  } catch {
    return undefined;
  }
}

function shown(
  tls: boolean,
  user: string | undefined,
  host: string,
  port: number,
  db: number | undefined,
): string {
  const login = user === undefined ? '' : `${encodeURIComponent(user)}@`;
  const place = host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'rediss' : 'redis'}://${login}${place}:${port}${db === undefined ? '' : `/${db}`}`;
}

/** The text may hold a password: everything before the last @ stays out of the message. */
function fault(text: string, why: string): { readonly fault: string } {
  const at = text.lastIndexOf('@');
  const safe = printableText(at < 0 ? text : `…${text.slice(at)}`, 120);
  return { fault: `'${safe}' is not a target: ${why}. Write redis://host:port or host:port.` };
}
