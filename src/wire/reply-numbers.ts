import type { ByteString } from './byte-string.ts';
import type { Reply } from './reply.ts';

/** The length in a header: a number, -1 as `null`, `?` as `streamed`; undefined when it is none of these. */
export function lengthLine(text: ByteString): number | 'null' | 'streamed' | undefined {
  if (text === '-1') return 'null';
  if (text === '?') return 'streamed';
  return text.length <= 15 && /^(0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
}

/** A signed 64-bit integer. */
export function integerLine(text: ByteString): Reply | undefined {
  if (text.length > 20 || !/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? { kind: 'integer', value } : undefined;
}

export function doubleLine(text: ByteString): Reply | undefined {
  if (text === 'inf' || text === '-inf') {
    return { kind: 'double', value: text === 'inf' ? Infinity : -Infinity };
  }
  if (text === 'nan') return { kind: 'double', value: Number.NaN };
  return text.length <= 64 && /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)
    ? { kind: 'double', value: Number(text) }
    : undefined;
}

export function booleanLine(text: ByteString): Reply | undefined {
  return text === 't' || text === 'f' ? { kind: 'boolean', value: text === 't' } : undefined;
}

/** Kept as digits: making a number of them would take quadratic time. */
export function bigNumberLine(text: ByteString): Reply | undefined {
  const sign = text[0] === '-' || text[0] === '+' ? 1 : 0;
  if (text.length === sign) return undefined;
  for (let at = sign; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return undefined;
  }
  return { kind: 'big-number', digits: text };
}
