import { isIP } from 'node:net';
import { printableText } from '../../model/printable.ts';
import type { OptIns } from './allowed.ts';
import type { TlsOptions } from './tls-options.ts';

/** One server to audit. */
export interface AuditTarget {
  /** As asked, without the password; safe to print. */
  readonly text: string;
  /** Empty for a Unix socket. */
  readonly host: string;
  /** 0 for a Unix socket. */
  readonly port: number;
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly db?: number;
  /** Path of the Unix socket. */
  readonly socket?: string;
  /** It is a Sentinel, to be asked for the servers of this group; see expand-targets.ts. */
  readonly sentinel?: string;
  readonly tlsOptions?: TlsOptions | undefined;
  readonly optIns?: OptIns | undefined;
}

interface Place {
  readonly host: string;
  readonly port: number;
  /** What stands behind the host, without its slash. */
  readonly path: string;
}

const USUAL_PORT = 6_379;
const SENTINEL_PORT = 26_379;
const LONGEST = 2_048;
/** sun_path of Linux, without its end. */
const LONGEST_SOCKET = 107;

const SCHEMES: Readonly<
  Record<string, { readonly tls: boolean; readonly as: 'server' | 'socket' | 'sentinel' }>
> = {
  redis: { tls: false, as: 'server' },
  rediss: { tls: true, as: 'server' },
  valkey: { tls: false, as: 'server' },
  valkeys: { tls: true, as: 'server' },
  unix: { tls: false, as: 'socket' },
  'redis+unix': { tls: false, as: 'socket' },
  'redis+socket': { tls: false, as: 'socket' },
  sentinel: { tls: false, as: 'sentinel' },
  sentinels: { tls: true, as: 'sentinel' },
  'redis+sentinel': { tls: false, as: 'sentinel' },
  'rediss+sentinel': { tls: true, as: 'sentinel' },
};

/**
 * Reads `redis://[user[:password]@]host[:port][/db]`, `rediss://...` (TLS), `host`, `host:port`, `[IPv6]:port`,
 * `unix:///path?db=0` or an absolute path (Unix socket), `sentinel://host[:port]/group`.
 */
export function parseTarget(text: string): AuditTarget | { readonly fault: string } {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > LONGEST) return fault(text, 'it is empty or too long');
  if (trimmed.startsWith('/')) return socketTarget(trimmed, text, {});
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(trimmed)?.[1]?.toLowerCase() ?? '';
  const { tls, as } = SCHEMES[scheme === '' ? 'redis' : scheme] ?? {};
  if (tls === undefined || as === undefined || !Object.hasOwn(SCHEMES, scheme || 'redis')) {
    return fault(text, `'${scheme}' is no scheme of Redis; write redis:// or rediss:// (TLS)`);
  }
  const rest = scheme === '' ? trimmed : trimmed.slice(scheme.length + 3);
  const at = rest.lastIndexOf('@');
  const login = at < 0 ? {} : credentials(rest.slice(0, at));
  if (login === undefined) return fault(text, 'its user or password has a broken % code');
  if (as === 'socket') return socketTarget(rest.slice(at + 1), text, login);
  const place = readPlace(rest.slice(at + 1), as === 'sentinel' ? SENTINEL_PORT : USUAL_PORT);
  if (typeof place === 'string') return fault(text, place);
  const { host, port, path } = place;
  if (as === 'sentinel') {
    if (!/^[\w.-]{1,100}$/.test(path))
      return fault(text, 'a Sentinel is asked for one group: write sentinel://host:26379/mymaster');
    return {
      text: `${tls ? 'sentinels' : 'sentinel'}://${shownPlace(login.user, host, port)}/${path}`,
      host,
      port,
      tls,
      ...login,
      sentinel: path,
    };
  }
  if (!/^\d{0,5}$/.test(path)) return fault(text, 'what follows the host is no database number');
  return {
    text: shownTarget({ tls, user: login.user, host, port, db: path === '' ? undefined : Number(path) }),
    host,
    port,
    tls,
    ...login,
    ...(path === '' ? {} : { db: Number(path) }),
  };
}

/** `redis://user@host:port/db`, as reports name a target. */
export function shownTarget(of: {
  readonly tls: boolean;
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly db: number | undefined;
}): string {
  const { tls, user, host, port, db } = of;
  return `${tls ? 'rediss' : 'redis'}://${shownPlace(user, host, port)}${db === undefined ? '' : `/${db}`}`;
}

function shownPlace(user: string | undefined, host: string, port: number): string {
  return `${shownUser(user)}${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function shownUser(user: string | undefined): string {
  return user === undefined ? '' : `${encodeURIComponent(user)}@`;
}

function socketTarget(
  place: string,
  text: string,
  login: { readonly user?: string; readonly password?: string },
): ReturnType<typeof parseTarget> {
  const question = place.indexOf('?');
  const path = question < 0 ? place : place.slice(0, question);
  const query = new URLSearchParams(question < 0 ? '' : place.slice(question + 1));
  const db = query.get('db');
  if (!path.startsWith('/'))
    return fault(text, 'a Unix socket has a path from the root: unix:///run/redis.sock');
  if (Buffer.byteLength(path) > LONGEST_SOCKET || path.includes('\0'))
    return fault(text, `no Unix socket has a path longer than ${LONGEST_SOCKET} bytes`);
  if (db !== null && !/^\d{1,5}$/.test(db)) return fault(text, 'what follows ?db= is no database number');
  const shown = printableText(path, LONGEST_SOCKET);
  return {
    text: `unix://${shownUser(login.user)}${shown}${db === null ? '' : `?db=${Number(db)}`}`,
    host: '',
    port: 0,
    tls: false,
    socket: path,
    ...login,
    ...(db === null ? {} : { db: Number(db) }),
  };
}

function readPlace(text: string, usualPort: number): Place | string {
  const slash = text.indexOf('/');
  const authority = slash < 0 ? text : text.slice(0, slash);
  const path = slash < 0 ? '' : text.slice(slash + 1);
  const parts =
    /^(?:\[(?<v6>[0-9a-fA-F:.]{2,45})\]|(?<host>[^\s:[\]/?#@]{1,253}))(?::(?<port>\d{1,5}))?$/.exec(
      authority,
    )?.groups;
  const host = parts?.['v6'] ?? parts?.['host'];
  if (host === undefined) return 'there is no host in it, or an IPv6 address without [ ]';
  if (parts?.['v6'] !== undefined && isIP(host) !== 6) return `[${host}] is no IPv6 address`;
  if (!/^[\w.:-]+$/.test(host)) return 'its host holds characters that no host name has';
  const port = Number(parts?.['port'] ?? usualPort);
  if (port < 1 || port > 65_535) return `${port} is no port (1 to 65535)`;
  return { host, port, path };
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

/** The text may hold a password: everything before the last @ stays out of the message. */
function fault(text: string, why: string): { readonly fault: string } {
  const at = text.lastIndexOf('@');
  const safe = printableText(at < 0 ? text : `…${text.slice(at)}`, 120);
  return { fault: `'${safe}' is not a target: ${why}. Write redis://host:port or host:port.` };
}
