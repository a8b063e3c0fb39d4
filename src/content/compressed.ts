import { constants, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { ByteString } from '../model/bytes.ts';
import { decodedLz4 } from './lz4.ts';

/** Bytes one stream may unpack to. */
const LARGEST = 262_144;
/** No format here makes more than about 1,030 bytes of one: the head of a bomb stays below LARGEST. */
const SAFE_HEAD = 240;

/**
 * What a gzip, zlib, Zstandard or LZ4 stream holds, also when its end was cut off; of what unpacks to more than 256 KiB
 * only the beginning. Undefined when the bytes are none. Snappy and brotli have no mark to know them by.
 */
export function decompressed(bytes: ByteString): ByteString | undefined {
  const unpack = unpackerOf(bytes);
  if (unpack === undefined) return undefined;
  for (const size of [bytes.length, SAFE_HEAD]) {
    try {
      const text = unpack(Buffer.from(size < bytes.length ? bytes.slice(0, size) : bytes, 'latin1')).toString(
        'latin1',
      );
      return text.length > 0 ? text : undefined;
    } catch {
      // Too large, or no such stream: the head is tried once.
    }
  }
  return undefined;
}

type Unpack = (bytes: Buffer) => Buffer;

function unpackerOf(bytes: ByteString): Unpack | undefined {
  const first = bytes.charCodeAt(0);
  const second = bytes.charCodeAt(1);
  if (bytes.length < 8) return undefined;
  if (first === 0x1f && second === 0x8b) return (data) => gunzipSync(data, CUT);
  // RFC 1950: deflate with a window of 32 kB at most, and a check on the first two bytes.
  if ((first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0)
    return (data) => inflateSync(data, CUT);
  if (bytes.startsWith('\u0028\u00b5\u002f\u00fd'))
    return (data) =>
      zstdDecompressSync(data, { maxOutputLength: LARGEST, finishFlush: constants.ZSTD_e_flush });
  if (bytes.startsWith('\u0004\u0022\u004d\u0018')) return (data) => decodedLz4(data, LARGEST);
  return undefined;
}

const CUT = { maxOutputLength: LARGEST, finishFlush: constants.Z_SYNC_FLUSH };
