/** A request target, taken apart. */
export interface TargetPath {
  /** Decoded, without empty, `.` and `..` segments; a byte string. */
  readonly path: string;
  /** As it was sent, without its question mark. */
  readonly query: string;
  /** Of an absolute target, in lower case, with its port. */
  readonly host?: string;
}

/** Undefined when it is none, leads out of the root or has a percent sign without a number, as nginx sees it. */
export function parseTarget(target: string): TargetPath | undefined {
  if (/[\0-\u0020\u007f]/.test(target)) return undefined;
  const absolute = /^[A-Za-z]+:\/\/([A-Za-z0-9.:[\]_~!$&'()*+,;=%-]+)(.*)$/.exec(target);
  const rest = absolute?.[2] ?? target;
  const local = absolute !== null && !rest.startsWith('/') ? `/${rest}` : rest;
  if (!local.startsWith('/')) return undefined;
  const hash = local.indexOf('#');
  const plain = hash < 0 ? local : local.slice(0, hash);
  const mark = plain.indexOf('?');
  const path = normalised(mark < 0 ? plain : plain.slice(0, mark));
  const host = absolute?.[1]?.toLowerCase();
  if (path === undefined) return undefined;
  return { path, query: mark < 0 ? '' : plain.slice(mark + 1), ...(host === undefined ? {} : { host }) };
}

function normalised(encoded: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(encoded)) return undefined;
  const decoded = encoded.replace(/%([0-9a-fA-F]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (decoded.includes('\0')) return undefined;
  const parts: string[] = [];
  const segments = decoded.split('/').slice(1);
  for (const segment of segments) {
    if (segment === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (segment !== '' && segment !== '.') parts.push(segment);
  }
  const last = segments.at(-1);
  const folder = last === '' || last === '.' || last === '..';
  return `/${parts.join('/')}${folder && parts.length > 0 ? '/' : ''}`;
}
