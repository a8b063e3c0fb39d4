import type { ByteString } from '../../model/bytes.ts';

const SIZE_OF_SIZE = 8;
const HEADER = 12;
const DEEPEST = 200;

/** string.dump's bytes (lundump.h of Lua 5.1) with lengths of 64 bits in the place of 32; '' of what is no dump. */
export function widenDump(dump: ByteString): ByteString {
  const source = Buffer.from(dump, 'latin1');
  const out: Buffer[] = [];
  let at = HEADER;
  const take = (length: number): Buffer => {
    const part = source.subarray(at, at + length);
    at += length;
    out.push(part);
    return part;
  };
  const count = (): number => take(4).readInt32LE(0);
  const text = (): void => {
    const length = take(4).readUInt32LE(0);
    out.push(Buffer.alloc(4));
    take(length);
  };
  const constant = (): void => {
    const [type] = take(1);
    if (type === 1) take(1);
    else if (type === 3) take(8);
    else if (type === 4) text();
  };
  const several = (one: () => void): void => {
    for (let left = count(); left > 0; left--) one();
  };
  const functionBody = (depth: number): void => {
    if (depth > DEEPEST) return;
    text();
    take(12);
    take(4 * count());
    several(constant);
    several(() => functionBody(depth + 1));
    take(4 * count());
    several(() => {
      text();
      take(8);
    });
    several(text);
  };
  const header = Buffer.from(source.subarray(0, HEADER));
  header[SIZE_OF_SIZE] = 8;
  try {
    functionBody(0);
  } catch {
    return '';
  }
  return Buffer.concat([header, ...out]).toString('latin1');
}
