import type { ByteString } from '../model/bytes.ts';

const PLAIN: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Escapes of JSON, and of programs alike (`\n`, `\"`, `\u0040`, `\x40`), taken off once; undefined when there are none. */
export function unescaped(text: ByteString): ByteString | undefined {
  const plain = text.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["'\\/nrtbf]))/g,
    (_, wide: string | undefined, byte: string | undefined, letter: string | undefined) => {
      if (letter !== undefined) return PLAIN[letter] ?? letter;
      if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
      return utf8Bytes(Number.parseInt(wide ?? '', 16));
    },
  );
  return plain === text ? undefined : plain;
}

/** URL encoding, taken off once; undefined when there is none. */
export function percentDecoded(text: ByteString): ByteString | undefined {
  const plain = text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return plain === text ? undefined : plain;
}

function utf8Bytes(code: number): ByteString {
  return code < 128 ? String.fromCharCode(code) : Buffer.from(String.fromCharCode(code)).toString('latin1');
}
