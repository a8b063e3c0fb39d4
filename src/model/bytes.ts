/**
 * A byte string: a JavaScript string in which every code unit is one byte (0 to 255).
 *
 * Redis keys and values are bytes, not text. This form keeps them exactly, costs V8 one byte a character,
 * survives JSON, and can be searched like any string. Text for people is made by `printable` only.
 */
export type ByteString = string;

/** The bytes as they are, one code unit each. */
export function bytesFromBuffer(buffer: Uint8Array): ByteString {
  return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength).toString('latin1');
}

/** UTF-8 encodes ordinary text into a byte string. */
export function bytesFromText(text: string): ByteString {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The bytes of a byte string, for hashing and for the wire. */
export function bufferFromBytes(bytes: ByteString): Buffer {
  return Buffer.from(bytes, 'latin1');
}

/** Decodes UTF-8 strictly; undefined when the bytes are not UTF-8. */
export function textFromBytes(bytes: ByteString): string | undefined {
  try {
    return strictUtf8.decode(bufferFromBytes(bytes));
  } catch {
    return undefined;
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The same bytes in memory of their own. V8 lets a slice keep the whole string it was cut from alive: whoever keeps
 * a few bytes of a network read for long has to take a copy, or an attacker chooses what they cost.
 */
export function ownedBytes(bytes: ByteString): ByteString {
  return bytes.length < 13 ? bytes : Buffer.from(bytes, 'latin1').toString('latin1');
}
