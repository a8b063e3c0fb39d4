import { isUtf8 } from 'node:buffer';
import type { ByteString } from '../../model/bytes.ts';
import { bytesFromText } from '../../model/bytes.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object of a log, its texts as the bytes they stand for. Names may be dotted: `a.b` is also `b` within `a`. */
export interface JsonFields {
  /** The first of these that is a text that is neither empty nor a dash, or a number as text; else empty. */
  text(...names: readonly string[]): ByteString;
  /** The first of these that is a number from 0 up, also one in a text; NaN when none is. */
  number(...names: readonly string[]): number;
  value(name: string): unknown;
  /** Names and values of an object whose values are texts or lists of texts; undefined when there is none. */
  pairs(name: string): [ByteString, ByteString][] | undefined;
  /** Names at the top. */
  names(): readonly string[];
}

/**
 * Reads one line. Bytes that are no UTF-8 are kept as they are, and so is `\xHH`, which is no JSON: nginx writes it where a
 * log_format looks like JSON and lacks `escape=json`. Undefined when it is no object.
 */
export function jsonFields(line: ByteString): JsonFields | undefined {
  const buffer = Buffer.from(line, 'latin1');
  const bytes = !isUtf8(buffer);
  const text = bytes ? line : buffer.toString('utf8');
  const root = objectOf(text);
  if (root !== undefined) return fieldsOf(root, bytes);
  if (!line.includes('\\x')) return undefined;
  const mended = line.replace(/\\(x[0-9a-fA-F]{2}|[^])/g, (all, what: string) =>
    what.length === 3 ? `\\u00${what.slice(1)}` : what === 'v' ? '\\u000b' : all,
  );
  const again = objectOf(mended);
  return again === undefined ? undefined : fieldsOf(again, true);
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const trimmed = text.trim();
    const value: unknown = JSON.parse(trimmed.endsWith(',') ? trimmed.slice(0, -1) : trimmed);
    return isObject(value) ? (isObject(value['_source']) ? value['_source'] : value) : undefined;
  } catch {
    return undefined;
  }
}

/** @param bytes whether a character below 256 is a byte, and not a letter of UTF-8. */
function fieldsOf(root: JsonObject, bytes: boolean): JsonFields {
  const bytesOf = (text: string): ByteString =>
    bytes && !/[^\0-\xff]/.test(text) ? text : bytesFromText(text);
  const value = (name: string): unknown => lookUp(root, name);
  const asText = (found: unknown): ByteString => {
    if (typeof found === 'string') return found === '-' ? '' : bytesOf(found);
    return typeof found === 'number' ? String(found) : '';
  };
  const text = (...names: readonly string[]): ByteString => {
    for (const name of names) {
      const found = asText(value(name));
      if (found !== '') return found;
    }
    return '';
  };
  return {
    value,
    text,
    names: () => Object.keys(root),
    number: (...names) => {
      const found = text(...names);
      return /^\d{1,15}(\.\d{1,9})?$/.test(found) ? Number(found) : Number.NaN;
    },
    pairs: (name) => {
      const found = value(name);
      if (!isObject(found)) return undefined;
      return Object.entries(found).flatMap(([key, inside]) =>
        (Array.isArray(inside) ? (inside as readonly unknown[]) : [inside]).flatMap(
          (one): [ByteString, ByteString][] =>
            typeof one === 'string' || typeof one === 'number' ? [[bytesOf(key), bytesOf(String(one))]] : [],
        ),
      );
    },
  };
}

/** Of the dotted names that are asked for: those of json-names.ts, never of a log. */
const PARTS = new Map<string, readonly string[]>();

function lookUp(root: JsonObject, name: string): unknown {
  if (Object.hasOwn(root, name)) return root[name];
  if (!name.includes('.')) return undefined;
  let parts = PARTS.get(name);
  if (parts === undefined) PARTS.set(name, (parts = name.split('.')));
  let at: unknown = root;
  for (const part of parts) {
    if (!isObject(at) || !Object.hasOwn(at, part)) return undefined;
    at = at[part];
  }
  return at;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
