import type { Reply } from '../wire/reply.ts';

/** A RESP2 reply as plain values. */
export type Plain = string | number | null | readonly Plain[];

export function plain(reply: Reply): Plain {
  switch (reply.kind) {
    case 'simple':
    case 'error':
    case 'bulk':
    case 'verbatim':
      return reply.text;
    case 'integer':
      return Number(reply.value);
    case 'double':
      return reply.value;
    case 'boolean':
      return Number(reply.value);
    case 'big-number':
      return reply.digits;
    case 'null':
      return null;
    case 'array':
    case 'set':
    case 'push':
      return reply.items.map(plain);
    case 'map':
      return reply.pairs.flatMap((pair) => pair.map(plain));
    case 'attributed':
      return plain(reply.reply);
  }
}

export const words = (value: Plain | undefined): string[] => items(value).map(text);

export const items = (value: Plain | undefined): readonly Plain[] => (Array.isArray(value) ? value : []);

export const text = (value: Plain | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const number = (value: Plain | undefined): number =>
  value === null ? Number.NaN : Number(text(value));

/** Names and values in turn, as a flat array. */
export function fields(value: Plain | undefined): Map<string, Plain> {
  const flat = items(value);
  return new Map(
    flat.flatMap((name, at) => (at % 2 === 0 ? [[text(name), flat[at + 1] ?? null] as const] : [])),
  );
}
