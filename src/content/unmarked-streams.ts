import { brotliDecompressSync, constants, inflateRawSync } from 'node:zlib';
import type { ByteString } from '../model/bytes.ts';
import { decodedSnappy } from './snappy.ts';

const LARGEST = 262_144;
const HEAD = 240;
const SHORTEST = 24;

/**
 * Text in a stream that has no mark to know it by: raw deflate, brotli, Snappy. Each is tried where the first bytes allow it,
 * on the head alone; what does not come out as text was none.
 */
export function unmarkedStream(bytes: ByteString): ByteString | undefined {
  if (bytes.length < SHORTEST) return undefined;
  const snappy = decodedSnappy(bytes, LARGEST);
  if (snappy !== undefined && isText(snappy)) return snappy;
  if (!looksPacked(bytes)) return undefined;
  for (const unpack of [inflated, unbrotlied]) {
    const head = unpack(bytes.slice(0, HEAD));
    if (head === undefined || head.length < SHORTEST || !isText(head)) continue;
    return bytes.length <= HEAD ? head : (unpack(bytes) ?? head);
  }
  return undefined;
}

function inflated(bytes: ByteString): ByteString | undefined {
  // Stored and reserved blocks: the first says nothing, the second is none.
  const type = (bytes.charCodeAt(0) >> 1) & 3;
  if (type !== 1 && type !== 2) return undefined;
  return attempt(() =>
    inflateRawSync(Buffer.from(bytes, 'latin1'), {
      maxOutputLength: LARGEST,
      finishFlush: constants.Z_SYNC_FLUSH,
    }),
  );
}

function unbrotlied(bytes: ByteString): ByteString | undefined {
  return attempt(() =>
    brotliDecompressSync(Buffer.from(bytes, 'latin1'), {
      maxOutputLength: LARGEST,
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    }),
  );
}

function attempt(unpack: () => Buffer): ByteString | undefined {
  try {
    return unpack().toString('latin1');
  } catch {
    return undefined;
  }
}

/** Bytes of every kind, and hardly a zero: serialised numbers and structures are full of those, text has none. */
function looksPacked(bytes: ByteString): boolean {
  let odd = 0;
  let zeros = 0;
  for (let at = 0; at < SHORTEST; at++) {
    const code = bytes.charCodeAt(at) & 0xff;
    if (code === 0) zeros++;
    else if (code < 9 || (code > 13 && code < 32) || code > 126) odd++;
  }
  return odd >= 4 && zeros <= 1;
}

function isText(text: ByteString): boolean {
  const head = text.slice(0, 256);
  let printable = 0;
  for (let at = 0; at < head.length; at++) {
    const code = head.charCodeAt(at);
    if ((code >= 32 && code < 127) || (code >= 9 && code <= 13)) printable++;
  }
  return printable >= head.length * 0.85;
}
