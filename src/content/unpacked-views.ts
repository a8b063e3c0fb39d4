import type { ByteString } from '../model/bytes.ts';
import { decompressed } from './compressed.ts';
import { percentDecoded, unescaped } from './escapes.ts';
import { namedCells, namedElements } from './tables.ts';
import { unmarkedStream } from './unmarked-streams.ts';
import type { View } from './views.ts';

const DEEPEST = 5;
const MOST_VIEWS = 24;
const LONGEST = 65_536;
const MOST_BYTES = 524_288;
const MOST_RUNS = 16;

/**
 * The bytes first, then what is packed in them, for readers that look for data and not for commands: compressed
 * streams, base64 (also of URLs, and in lines), hexadecimal, JSON and URL escapes. What PHP, Java, pickle, Marshal and
 * MessagePack put around strings needs no taking off: the strings stand in it as they are. Bounded in number, depth, bytes.
 */
export function unpackedViews(bytes: ByteString): readonly View[] {
  const views: View[] = [{ bytes: bytes.length > LONGEST ? bytes.slice(0, LONGEST) : bytes, how: [] }];
  let seen: Set<ByteString> | undefined;
  let total = bytes.length;
  for (let at = 0; at < views.length; at++) {
    const view = views[at];
    if (view === undefined || view.how.length >= DEEPEST) continue;
    for (const [how, packed] of layers(view.bytes)) {
      const decoded = packed.length > LONGEST ? packed.slice(0, LONGEST) : packed;
      if (views.length >= MOST_VIEWS || total + decoded.length > MOST_BYTES) return views;
      seen ??= new Set([bytes]);
      if (seen.has(decoded)) continue;
      seen.add(decoded);
      total += decoded.length;
      views.push({ bytes: decoded, how: [...view.how, how] });
    }
  }
  return views;
}

function* layers(bytes: ByteString): Generator<[string, ByteString]> {
  const inflated = decompressed(bytes) ?? unmarkedStream(bytes);
  if (inflated !== undefined) {
    yield ['compressed', inflated];
    return;
  }
  if (isWide(bytes)) {
    yield ['utf16', bytes.replaceAll('\0', '')];
    return;
  }
  const named = namedCells(bytes) ?? (bytes.includes('</') ? namedElements(bytes) : undefined);
  if (named !== undefined) yield ['table', named];
  if (bytes.includes('\\')) {
    const plain = unescaped(bytes);
    if (plain !== undefined) yield ['json', plain];
  }
  if (bytes.includes('%')) {
    const plain = percentDecoded(bytes);
    if (plain !== undefined) yield ['percent', plain];
  }
  if (bytes.length < SHORTEST_RUN) return;
  yield* encodedRuns(bytes);
}

/** UTF-16 of Latin letters: every second byte is zero. */
function isWide(bytes: ByteString): boolean {
  if (bytes.length < 16) return false;
  const zero = bytes.charCodeAt(3) === 0 ? 1 : 0;
  for (let at = 2 + zero; at < 16; at += 2) if (bytes.charCodeAt(at) !== 0) return false;
  return !bytes.slice(2, 16).includes('\0\0');
}

const SHORTEST_RUN = 16;
/** Shorter runs of decimal digits are numbers. */
const SHORTEST_NUMBER = 40;

/** By code: 0 outside of any run, 1 a decimal digit, 2 a hexadecimal one, 3 only base64. */
const KIND = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\d/.test(character) ? 1 : /[a-fA-F]/.test(character) ? 2 : /[A-Za-z+/_-]/.test(character) ? 3 : 0;
});

function* encodedRuns(bytes: ByteString): Generator<[string, ByteString]> {
  const text = inLines(bytes) ? bytes.replace(/\r?\n/g, '') : bytes;
  let start = 0;
  let widest = 0;
  let found = 0;
  for (let at = 0; at <= text.length && found < MOST_RUNS; at++) {
    const kind = at < text.length ? (KIND[text.charCodeAt(at) & 0xff] ?? 0) : 0;
    if (kind > widest) widest = kind;
    if (kind !== 0) continue;
    if (at - start >= (widest === 1 ? SHORTEST_NUMBER : SHORTEST_RUN)) {
      const onlyHex = widest < 3;
      const run = text.slice(start, at);
      const decoded = onlyHex && run.length % 2 === 0 ? fromHex(run) : fromBase64(run);
      if (decoded !== undefined) {
        found += 1;
        yield [onlyHex ? 'hex' : 'base64', decoded];
      }
    }
    start = at + 1;
    widest = 0;
  }
}

/** Base64 in lines of 64 or 76, as MIME and openssl write it, and nothing else. */
function inLines(bytes: ByteString): boolean {
  const end = bytes.indexOf('\n');
  return (
    end >= 60 &&
    end <= 77 &&
    /^[A-Za-z0-9+/]{60,76}\r?$/.test(bytes.slice(0, end)) &&
    !/[^A-Za-z0-9+/=\r\n]/.test(bytes)
  );
}

function fromHex(run: ByteString): ByteString | undefined {
  return meant(Buffer.from(run.slice(0, 64), 'hex')) ? Buffer.from(run, 'hex').toString('latin1') : undefined;
}

/** A run of letters may have words before the encoded part (`data-eyJ...`): only whole runs are tried. */
function fromBase64(run: ByteString): ByteString | undefined {
  if (!meant(Buffer.from(run.slice(0, 64), 'base64'))) return undefined;
  return Buffer.from(run, 'base64').toString('latin1');
}

/** Text, or the head of something packed or serialised; random bytes are neither. */
function meant(head: Buffer): boolean {
  if (head.length < 12) return false;
  const first = head[0] ?? 0;
  const second = head[1] ?? 0;
  if ((first === 0x1f && second === 0x8b) || (first === 0x78 && (first * 256 + second) % 31 === 0))
    return true;
  if ((first === 0x28 && second === 0xb5) || (first === 0x04 && (second === 0x22 || second === 0x08)))
    return true;
  // Java's stream magic, pickle's protocol, and DER of a key: SEQUENCE with a long length, then INTEGER or SEQUENCE.
  if ((first === 0xac && second === 0xed) || (first === 0x80 && second >= 2 && second <= 5)) return true;
  if (isKeyInDer(head) || isKeyStore(head)) return true;
  let printable = 0;
  for (const code of head)
    if ((code >= 32 && code < 127) || code === 9 || code === 10 || code === 13) printable++;
  return printable >= head.length * 0.85;
}

/** PKCS#12 (a SEQUENCE, then the version 3) and the key stores of Java. */
function isKeyStore(head: Uint8Array): boolean {
  if (head[0] === 0x30 && head[1] === 0x82) return head[4] === 2 && head[5] === 1 && head[6] === 3;
  return (
    (head[0] === 0xfe && head[1] === 0xed && head[2] === 0xfe) ||
    (head[0] === 0xce && head[1] === 0xce && head[2] === 0xce)
  );
}

/** SEQUENCE, its length, then the version 0 or 1: PKCS#1, PKCS#8 and SEC 1 alike. */
export function isKeyInDer(head: Uint8Array): boolean {
  if (head[0] !== 0x30) return false;
  const length = head[1] ?? 0;
  const at = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return at <= 4 && head[at] === 2 && head[at + 1] === 1 && (head[at + 2] ?? 9) <= 1;
}
