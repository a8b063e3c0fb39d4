import type { ByteString } from '../../model/bytes.ts';

/** The Lua machine's own form of replies: a tag, a 32-bit little-endian count or length, then the payload. */
const NULL = 0;
const INTEGER = 1;
const BULK = 2;
const ARRAY = 3;
const STATUS = 4;
const ERROR = 5;
const BOOLEAN = 7;
const DOUBLE = 8;
const MAP = 9;
const SET = 10;
const BIG_NUMBER = 11;
const VERBATIM = 12;

/** Deeper replies do not occur. */
const DEEPEST = 64;

/** A RESP reply as bytes of the machine; what the machine has no form of becomes nil. */
export function machineReply(reply: Uint8Array): Uint8Array {
  // A RESP element is at least 3 bytes (`_\r\n`), the machine's form of it at most 13 (an integer).
  const out = Buffer.allocUnsafe(reply.length * 5 + 64);
  const source = Buffer.from(reply.buffer, reply.byteOffset, reply.length);
  let from = 0;
  let to = 0;
  const head = (tag: number, count: number): void => {
    out[to] = tag;
    out.writeUInt32LE(count, to + 1);
    to += 5;
  };
  const line = (): string => {
    const end = source.indexOf(13, from);
    const text = source.toString('latin1', from, end < 0 ? source.length : end);
    from = end < 0 ? source.length : end + 2;
    return text;
  };
  const text = (tag: number, bytes: ByteString): void => {
    head(tag, bytes.length);
    to += out.write(bytes, to, 'latin1');
  };
  const bytesOf = (tag: number, length: number): void => {
    head(tag, length);
    to += source.copy(out, to, from, from + length);
    from += length + 2;
  };
  const several = (tag: number, count: number, times: number, depth: number): void => {
    head(tag, count);
    for (let index = 0; index < count * times; index++) element(depth + 1);
  };
  const element = (depth: number): void => {
    const kind = String.fromCharCode(source[from++] ?? 95);
    const first = line();
    const count = Number(first);
    if (depth > DEEPEST) return head(NULL, 0);
    switch (kind) {
      case '+':
        return text(STATUS, first);
      case '-':
        return text(ERROR, first);
      case ':':
        head(INTEGER, 8);
        to = out.writeBigInt64LE(BigInt(first), to);
        return undefined;
      case '$':
        return count < 0 ? head(NULL, 0) : bytesOf(BULK, count);
      case '*':
      case '>':
        return count < 0 ? head(NULL, 0) : several(ARRAY, count, 1, depth);
      case '~':
        return several(SET, count, 1, depth);
      case '%':
        return several(MAP, count, 2, depth);
      case '#':
        head(BOOLEAN, 1);
        out[to++] = first === 't' ? 1 : 0;
        return undefined;
      case ',':
        head(DOUBLE, 8);
        to = out.writeDoubleLE(numberOf(first), to);
        return undefined;
      case '(':
        return text(BIG_NUMBER, first);
      case '=': {
        head(VERBATIM, count + 3);
        to = out.writeUInt32LE(3, to);
        to += source.copy(out, to, from, from + 3);
        to += source.copy(out, to, from + 4, from + count);
        from += count + 2;
        return undefined;
      }
      default:
        return head(NULL, 0);
    }
  };
  element(0);
  return out.subarray(0, to);
}

/** Words as an array of bulk strings, without a detour over RESP. */
export function machineWords(words: readonly ByteString[]): Uint8Array {
  const parts = words.map((word) => {
    const part = Buffer.allocUnsafe(5 + word.length);
    part[0] = BULK;
    part.writeUInt32LE(word.length, 1);
    part.write(word, 5, 'latin1');
    return part;
  });
  const head = Buffer.alloc(5, ARRAY);
  head.writeUInt32LE(words.length, 1);
  return Buffer.concat([head, ...parts]);
}

/** Arguments as the machine passes and takes them: a count, then length and bytes of each. */
export function argumentsOf(bytes: Uint8Array): ByteString[] {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const words: ByteString[] = [];
  let at = 4;
  for (let left = source.readUInt32LE(0); left > 0; left--) {
    const length = source.readUInt32LE(at);
    words.push(source.toString('latin1', at + 4, at + 4 + length));
    at += 4 + length;
  }
  return words;
}

export function argumentBytes(words: readonly ByteString[]): Buffer {
  const out = Buffer.allocUnsafe(words.reduce((total, word) => total + 4 + word.length, 4));
  let at = out.writeUInt32LE(words.length, 0);
  for (const word of words) {
    at = out.writeUInt32LE(word.length, at);
    at += out.write(word, at, 'latin1');
  }
  return out;
}

function numberOf(text: string): number {
  if (text === 'inf') return Infinity;
  if (text === '-inf') return -Infinity;
  return Number(text);
}
