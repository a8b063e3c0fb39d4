import type { ByteString } from '../byte-string.ts';
import type { Flaw } from './head.ts';

/** How the body of a request is delimited (RFC 9112, 6). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' };

const NONE: Framing = { kind: 'none' };

/** Of contradictory headers the one is believed that RFC 9112 tells to; `flaws` gets what is wrong. */
export function framingOf(
  headers: readonly (readonly [ByteString, ByteString])[],
  flaws: Set<Flaw>,
): Framing {
  const values = (name: string): ByteString[] =>
    headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  const codings = values('transfer-encoding').join(',').toLowerCase();
  const lengths = values('content-length');
  if (codings !== '') {
    if (lengths.length > 0) flaws.add('length-and-coding');
    if (codings.trim() !== 'chunked') flaws.add('coding');
    const last = codings.slice(codings.lastIndexOf(',') + 1).trim();
    return last === 'chunked' ? { kind: 'chunked' } : NONE;
  }
  const [first] = lengths;
  if (first === undefined) return NONE;
  if (lengths.length > 1) flaws.add('two-lengths');
  const length = /^\d{1,15}$/.test(first) ? Number(first) : undefined;
  if (length === undefined) {
    flaws.add('length');
    return NONE;
  }
  return length === 0 ? NONE : { kind: 'length', length };
}
