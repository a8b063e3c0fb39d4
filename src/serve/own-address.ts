/** Where the dashboard listens. */
export interface OwnAddress {
  readonly host: string;
  readonly port: number;
}

/** Names of this machine to itself. */
const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost'];

/** True for 127.0.0.0/8, ::1 and localhost: nothing else may serve what sensors caught. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/**
 * Is this Host header one of ours? A page of another origin can point a name of its own at 127.0.0.1 (DNS
 * rebinding), but the browser then still sends that name.
 */
export function isOwnHost(header: string | undefined, own: OwnAddress): boolean {
  return header !== undefined && ownHosts(own).includes(header.toLowerCase());
}

/** Is this Origin header ours? */
export function isOwnOrigin(header: string, own: OwnAddress): boolean {
  return ownHosts(own).some((host) => header.toLowerCase() === `http://${host}`);
}

function ownHosts({ host, port }: OwnAddress): string[] {
  const bound = host.includes(':') ? `[${host}]` : host;
  return [...LOOPBACK_NAMES, bound].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
}
