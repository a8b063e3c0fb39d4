import type { CrsRequest } from '../../src/crs/request/request.ts';

/** A request of the corpus: what is said about it, and its parts. Strings are bytes. */
export interface Case {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The bytes for the wire. */
export function wireText({ method, target, headers, body }: Case): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** The same for Sundew's evaluator. */
export function crsRequest({ name, method, target, headers, body }: Case): CrsRequest {
  return {
    method,
    target,
    version: '1.1',
    headers,
    body,
    remote: { address: '127.0.0.1', port: 4711 },
    id: name,
  };
}
