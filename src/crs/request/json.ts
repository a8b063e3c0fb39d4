import { type ByteString, bytesFromText, textFromBytes } from '../../model/bytes.ts';
import type { Argument } from './arguments.ts';

/** ModSecurity's recommended SecRequestBodyJsonDepthLimit is 512; a parser of JavaScript gets there safely. */
const DEEPEST = 512;

export interface ParsedBody {
  readonly arguments: readonly Argument[];
  /** Why the body could not be read to its end. */
  readonly error: string | undefined;
}

/**
 * The values of a JSON body as arguments, named as libmodsecurity names them: `json.user.name`, `json.list.array_0`.
 * What stands before a fault counts in libmodsecurity, and does not here.
 */
export function parseJsonBody(body: ByteString, most: number): ParsedBody {
  const text = textFromBytes(body);
  if (text === undefined) return { arguments: [], error: 'not UTF-8' };
  let value: unknown;
  try {
    value = JSON.parse(text, keepNumbers);
  } catch {
    return { arguments: [], error: 'not JSON' };
  }
  const found: Argument[] = [];
  const error = collect(value, 'json', 0, found, most) ? undefined : 'too deep or too long';
  return { arguments: found, error };
}

/** Numbers as they are written: `1.0` and `1e3` are not what JavaScript would print for them. */
function keepNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? context.source : value;
}

function collect(value: unknown, name: string, depth: number, found: Argument[], most: number): boolean {
  if (depth > DEEPEST || found.length >= most) return false;
  if (Array.isArray(value)) {
    return value.every((item: unknown, at) => collect(item, `${name}.array_${at}`, depth + 1, found, most));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).every(([key, item]: [string, unknown]) =>
      collect(item, `${name}.${key === '' ? 'empty-key' : key}`, depth + 1, found, most),
    );
  }
  // Numbers came as text, so what is left is text and the two truth values.
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  found.push([bytesFromText(name), bytesFromText(text)]);
  return true;
}
