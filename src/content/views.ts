import type { ByteString } from '../model/bytes.ts';
import { decodedBase64, decodedHex, withoutBackslashes, withoutPercents } from './encodings.ts';

/** Bytes as they were written, or as they read once a layer of hiding is taken off. */
export interface View {
  readonly bytes: ByteString;
  /** The layers taken off, outermost first: `base64`, `hex`, `backslash`, `percent`. Empty for the bytes themselves. */
  readonly how: readonly string[];
}

/** Attackers nest: twice base64 was seen in the wild (threats of 2018 and later); one more costs little. */
const DEEPEST = 3;
const MOST_VIEWS = 24;
/** Bytes of a value that are looked at; the interesting part of a dropped value is at its head. */
const LONGEST = 65_536;
/** Bytes of all views together. */
const MOST_BYTES = 262_144;

/** The bytes first, then every layer that can be taken off them. Bounded in number, depth and bytes. */
export function decodedViews(bytes: ByteString): readonly View[] {
  const views: View[] = [{ bytes: bytes.length > LONGEST ? bytes.slice(0, LONGEST) : bytes, how: [] }];
  const seen = new Set([views[0]?.bytes]);
  let total = views[0]?.bytes.length ?? 0;
  for (let at = 0; at < views.length; at++) {
    const view = views[at];
    if (view === undefined || view.how.length >= DEEPEST) continue;
    for (const [how, decoded] of layers(view.bytes)) {
      if (views.length >= MOST_VIEWS || total + decoded.length > MOST_BYTES) return views;
      if (seen.has(decoded)) continue;
      seen.add(decoded);
      total += decoded.length;
      views.push({ bytes: decoded, how: [...view.how, how] });
    }
  }
  return views;
}

function layers(bytes: ByteString): [string, ByteString][] {
  const found: [string, ByteString][] = [];
  for (const decoded of decodedBase64(bytes)) found.push(['base64', decoded]);
  for (const decoded of decodedHex(bytes)) found.push(['hex', decoded]);
  const bare = withoutBackslashes(bytes);
  if (bare !== undefined) found.push(['backslash', bare]);
  const percent = withoutPercents(bytes);
  if (percent !== undefined) found.push(['percent', percent]);
  return found;
}
