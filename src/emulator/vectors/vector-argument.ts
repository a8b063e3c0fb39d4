import type { ByteString } from '../../model/bytes.ts';
import { bufferFromBytes } from '../../model/bytes.ts';

export interface VectorArgument {
  readonly parts: Float32Array;
  /** To how many dimensions it is to be brought; 0 for as it is. */
  readonly reduce: number;
  /** Where the words after it begin. */
  readonly next: number;
}

/** More than any use has: what is beyond is refused as ill-formed, so that no command takes long. */
const MOST_DIMENSIONS = 65_536;
const MOST_PRODUCTS = 2_097_152;
const FLOAT_BYTES = 4;

/** `[REDUCE n] FP32 blob` or `[REDUCE n] VALUES n x...` at argument `from`; undefined when it is none. */
export function vectorArgument(
  argv: readonly ByteString[],
  from: number,
  reducible: boolean,
): VectorArgument | undefined {
  let at = from;
  let reduce = 0;
  if (reducible && argv[at]?.toLowerCase() === 'reduce' && argv.length > at + 2) {
    reduce = countOf(argv[at + 1]);
    if (reduce === 0) return undefined;
    at += 2;
  }
  const found = partsAt(argv, at);
  if (found === undefined || found.parts.length * reduce > MOST_PRODUCTS) return undefined;
  return { ...found, reduce };
}

function partsAt(
  argv: readonly ByteString[],
  at: number,
): { readonly parts: Float32Array; readonly next: number } | undefined {
  const [kind, size] = [argv[at]?.toLowerCase(), argv[at + 1] ?? ''];
  if (kind === 'fp32' && argv.length > at + 1) {
    const count = size.length / FLOAT_BYTES;
    if (!Number.isInteger(count) || count === 0 || count > MOST_DIMENSIONS) return undefined;
    const bytes = bufferFromBytes(size);
    const parts = Float32Array.from({ length: count }, (_, place) => bytes.readFloatLE(place * FLOAT_BYTES));
    return { parts, next: at + 2 };
  }
  if (kind !== 'values') return undefined;
  const count = countOf(size);
  if (count === 0 || argv.length < at + 2 + count) return undefined;
  const parts = new Float32Array(count);
  for (let place = 0; place < count; place++) {
    const part = partOf(argv[at + 2 + place] ?? '');
    if (part === undefined) return undefined;
    parts[place] = part;
  }
  return { parts, next: at + 2 + count };
}

function countOf(text: ByteString | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,5}$/.test(text)) return 0;
  const count = Number(text);
  return count > MOST_DIMENSIONS ? 0 : count;
}

/** A number as strtod takes the whole of it; none that a double cannot hold. */
function partOf(text: ByteString): number | undefined {
  if (text.length > 256) return undefined;
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const hex = /^([+-]?)(0x[\da-f]{1,13})$/i.exec(text);
  if (hex !== null) return Number(hex[2]) * (hex[1] === '-' ? -1 : 1);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return value === 0 && /[1-9]/.test(text.replace(/e.*$/i, '')) ? undefined : value;
}
