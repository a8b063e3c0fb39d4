import type { RequestHead } from '../../wire/http1/head.ts';
import { headerOf, headersOf } from '../../wire/http1/head.ts';
import { parseTarget } from './target-path.ts';

/** Methods that httpd knows, whether it serves them or not. */
const KNOWN = new Set(
  (
    'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK ' +
    'VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE'
  ).split(' '),
);
/** LimitRequestFieldSize, which holds for the values of one name together. */
const FIELD = 8_190;
/** What `HttpProtocolOptions Strict` refuses, and what breaks the framing. */
const BAD = [
  'bare-lf',
  'no-colon',
  'space-before-colon',
  'no-name',
  'bad-name',
  'nul',
  'control',
  'length',
  'two-lengths',
] as const;

/**
 * The page of a request that httpd refuses before it looks for a file; it ends the connection. `400-own` is the page 400 under
 * the server's own name: it has not understood yet by which name it was asked.
 */
export function apacheRefusal(head: RequestHead): string | undefined {
  const { flaws, method, target, version } = head;
  if (flaws.has('line')) return '400-own';
  if (flaws.has('line-too-long')) return '414';
  if (version === '0.9') return method === 'GET' && target.startsWith('/') ? undefined : '400-own';
  if (!/^[1-9]\.\d$/.test(version) || /  |\t| $/.test(head.line)) return '400-own';
  if (flaws.has('header-too-long') || flaws.has('headers-too-long')) return '400-large';
  if (flaws.has('too-many-headers')) return '400-many';
  if (BAD.some((flaw) => flaws.has(flaw))) return '400-own';
  if (/^[ \t]/.test(head.headers[0]?.[0] ?? '')) return '400-own';
  if (largestField(head) > FIELD) return '400-large';
  const wrong = wrongTarget(head);
  if (wrong !== undefined) return wrong;
  const hosts = headersOf(head, 'host');
  if (hosts.length > 1) return '400-own';
  if (hosts.length === 0 && version !== '1.0') return target.startsWith('/') ? '400-own' : '400';
  if (hosts[0] !== undefined && !/^[\w.~!$&'()*+,;=%:[\]-]+$/.test(hosts[0])) return '400-own';
  const coding = headerOf(head, 'transfer-encoding');
  if (coding !== undefined && head.framing.kind !== 'chunked') return '400-own';
  return KNOWN.has(method) ? undefined : '501';
}

function largestField({ headers }: RequestHead): number {
  const sizes = new Map<string, number>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    sizes.set(key, (sizes.get(key) ?? 0) + value.length + 2);
  }
  return Math.max(0, ...sizes.values());
}

function wrongTarget({ method, target }: RequestHead): string | undefined {
  if (method === 'CONNECT') return /^[^/]+:\d+$/.test(target) ? undefined : '400-own';
  if (target === '*') return method === 'OPTIONS' ? undefined : '400-own';
  if (/[\0-\u0020#\u007f]/.test(target) || !/^(\/|[A-Za-z]+:\/\/)/.test(target)) return '400-own';
  return parseTarget(target.replace(/%00/g, '%01')) === undefined ? '400' : undefined;
}
