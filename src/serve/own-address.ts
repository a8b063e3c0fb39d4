/** Where the dashboard listens. */
export interface OwnAddress {
  readonly host: string;
  readonly port: number;
  /** Over TLS, and with a password: it may be reached under any name. */
  readonly open?: boolean;
}

/** Names of this machine to itself. */
const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost'];

/** True for 127.0.0.0/8, ::1 and localhost: anywhere else a password is asked for. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * Is this Host header one of ours? A page of another origin can point a name of its own at 127.0.0.1 (DNS
 * rebinding), but the browser then still sends that name, and knows no password for it.
 */
export function isOwnHost(header: string | undefined, own: OwnAddress): boolean {
  if (own.open === true) return header !== undefined;
  return header !== undefined && ownHosts(own).includes(header.toLowerCase());
}

/** Is this Origin header ours, for a request to this host? */
export function isOwnOrigin(header: string, own: OwnAddress, asked = ''): boolean {
  if (own.open === true) return header.toLowerCase() === `https://${asked.toLowerCase()}`;
  return ownHosts(own).some((host) => header.toLowerCase() === `http://${host}`);
}

function ownHosts({ host, port }: OwnAddress): string[] {
  const bound = host.includes(':') ? `[${host}]` : host;
  return [...LOOPBACK_NAMES, bound].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
}
