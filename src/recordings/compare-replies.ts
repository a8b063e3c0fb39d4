import type { ByteString } from '../model/bytes.ts';
import type { Reply } from '../wire/reply.ts';
import { createReplyDecoder } from '../wire/reply-decoder.ts';
import { REPLIES } from './play.ts';
import type { PlayLimits } from './play-line.ts';
import { replyText } from './reply-text.ts';

/** Alike to the byte; alike but for numbers, ids, times and order; or not alike. */
export type Likeness = 'exact' | 'shape' | 'different';

export function compareReplies(one: ByteString, other: ByteString): Likeness {
  if (one === other) return 'exact';
  return shapeOf(one) === shapeOf(other) ? 'shape' : 'different';
}

/** A whole reply as redis-cli shows it. */
export function rawReplyText(raw: ByteString, limits: PlayLimits): string[] {
  const reply = decoded(raw);
  return reply === undefined ? ['(no reply of Redis)'] : replyText(reply, limits);
}

/** What nobody asked for: messages of pub/sub, invalidations, lines of MONITOR. It depends on others, not on the visit. */
export function isUnasked(raw: ByteString): boolean {
  if (raw.startsWith('+')) return /^\+\d{1,12}\.\d{6} \[/.test(raw.slice(0, 40));
  const [, count, name = ''] = /^[>*](\d)\r\n\$\d{1,2}\r\n([a-z]{1,12})\r\n/.exec(raw.slice(0, 64)) ?? [];
  if (count === undefined) return false;
  return raw.startsWith('>') ? PUSHED.has(name) : count === MESSAGES[name];
}

/** In RESP2 a message is an array like any other, known by its first word and its length. */
const MESSAGES: Readonly<Record<string, string>> = { message: '3', pmessage: '4', smessage: '3' };
const PUSHED = new Set([...Object.keys(MESSAGES), 'invalidate']);

function decoded(raw: ByteString): Reply | undefined {
  const decoder = createReplyDecoder(REPLIES);
  decoder.push(raw);
  const reply = decoder.next();
  return reply === undefined || reply.kind === 'fault' ? undefined : reply;
}

function shapeOf(raw: ByteString): string {
  const reply = decoded(raw);
  return reply === undefined ? `raw ${raw}` : shape(reply);
}

function shape(reply: Reply): string {
  switch (reply.kind) {
    case 'simple':
    case 'error':
      return `${reply.kind} ${masked(reply.text)}`;
    case 'bulk':
    case 'verbatim':
      return `text ${masked(reply.text)}`;
    case 'integer':
    case 'double':
    case 'big-number':
    case 'boolean':
    case 'null':
      return reply.kind;
    case 'array':
    case 'set':
    case 'push':
      // The order of SMEMBERS, KEYS or SCAN is no promise of Redis.
      return `${reply.kind}[${reply.items.map(shape).toSorted().join()}]`;
    case 'map':
      return `map{${pairsShape(reply.pairs)}}`;
    case 'attributed':
      return `|${pairsShape(reply.attributes)}|${shape(reply.reply)}`;
  }
}

function pairsShape(pairs: readonly (readonly [Reply, Reply])[]): string {
  return pairs
    .map(([key, value]) => `${shape(key)}=>${shape(value)}`)
    .toSorted()
    .join();
}

/** Without ids (long hexadecimal) and numbers with their units. */
function masked(text: ByteString): ByteString {
  return text.replace(/[0-9a-f]{16,}|-?\d[\d.]*[KMGB%]?/g, '#');
}
