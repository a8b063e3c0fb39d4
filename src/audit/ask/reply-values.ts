import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import type { Reply } from '../../wire/reply.ts';

/** Readers of replies that may be anything: undefined when the server answered something else than asked. */

/** A bulk, status or verbatim string. */
export function textOf(reply: Reply | undefined): ByteString | undefined {
  switch (reply?.kind) {
    case 'bulk':
    case 'simple':
    case 'verbatim':
      return reply.text;
    case 'attributed':
      return textOf(reply.reply);
    default:
      return undefined;
  }
}

export function numberOf(reply: Reply | undefined): number | undefined {
  return reply?.kind === 'integer' ? Number(reply.value) : undefined;
}

/** The elements of an array, set or map (keys and values in turn). */
export function itemsOf(reply: Reply | undefined): readonly Reply[] | undefined {
  switch (reply?.kind) {
    case 'array':
    case 'set':
      return reply.items;
    case 'map':
      return reply.pairs.flat();
    case 'attributed':
      return itemsOf(reply.reply);
    default:
      return undefined;
  }
}

/** The strings of an array; elements of other kinds are left out. */
export function textsOf(reply: Reply | undefined): readonly ByteString[] | undefined {
  return itemsOf(reply)?.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [text];
  });
}

/** Names and values in turn as a map, as MODULE LIST and FUNCTION LIST answer. */
export function fieldsOf(reply: Reply | undefined): ReadonlyMap<ByteString, Reply> | undefined {
  const items = itemsOf(reply);
  if (items === undefined) return undefined;
  const fields = new Map<ByteString, Reply>();
  for (let at = 0; at + 1 < items.length; at += 2) {
    const name = textOf(items[at]);
    const value = items[at + 1];
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  return fields;
}

/** The error line, safe to print; undefined when the reply is none. */
export function errorOf(reply: Reply | undefined): string | undefined {
  return reply?.kind === 'error' ? printable(reply.text, 160) : undefined;
}
