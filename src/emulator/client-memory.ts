import type { ByteString } from '../model/bytes.ts';
import { isValkey } from './version.ts';
import type { ClientState, World } from './world.ts';

/** Until so long after it was used the buffer for queries is kept. */
const WARM_MS = 1_000;
const WARM_MS_7 = 2_000;

/** What a request takes as an array of bulk strings. */
export function requestBytes(argv: readonly ByteString[]): number {
  const head = (count: number): number => String(count).length + 3;
  return argv.reduce((total, { length }) => total + head(length) + length + 2, head(argv.length));
}

/**
 * Buffers, and what a client takes in all, as measured on the four servers: a structure of a fixed size, the buffer
 * for queries while it is warm, the one for replies (from 7.0 on it shrinks after a second), and what the client holds.
 */
export function memoryFields(
  client: ClientState,
  self: boolean,
  running: readonly ByteString[],
  now: number,
  world: World,
): Readonly<Record<string, number>> {
  const { level } = world;
  const valkey = isValkey({ world });
  const argvBytes = running.reduce((total, { length }) => total + length, 0);
  const used = client.lastCommand !== undefined || self;
  const warm = self || now - client.lastSeen < (level < 7 ? WARM_MS : WARM_MS_7);
  const young = now - client.since < WARM_MS;
  const replies = young ? 16_384 : 1_024;
  const query = queryBuffer(level, valkey, self, used && warm);
  const unread = self && query > 0 ? requestBytes(running) : 0;
  const queued = queueBytes(client);
  const held = heldBytes(client, level, valkey);
  const words = argvBytes + 8 * running.length;
  const total =
    level < 7
      ? 20_488 + listBytes(client.lastWords) + (query > 0 ? 40_952 : 0) + argvBytes
      : fixedBytes(level, valkey) + replies + (query > 0 ? 20_480 : level < 7.2 ? 8 : 0) + words + held;
  return {
    qbuf: unread,
    // 7.0 gives a new connection the smallest there is.
    'qbuf-free': level === 7 && !used ? 4 : query - unread,
    'argv-mem': argvBytes,
    'multi-mem': queued,
    rbs: replies,
    rbp: young ? 16_384 : 0,
    'tot-mem': total,
  };
}

/** From 7.2 on one buffer serves all clients while a request is read; in Valkey the caller's is not shown either. */
function queryBuffer(level: number, valkey: boolean, self: boolean, warm: boolean): number {
  if (level < 7) return warm ? 32_768 : 0;
  if (level < 7.2) return warm ? 20_474 : 0;
  return self && !valkey ? 20_474 : 0;
}

/** What a list of so many words takes, in the sizes that the allocator has. */
const listBytes = (words: number): number => (words < 3 ? 8 * words : 16 * Math.ceil(words / 2));

/** Words of queued commands, each with a pointer. */
const queueBytes = ({ queue = [] }: ClientState): number =>
  queue.reduce((total, words) => total + words.reduce((sum, { length }) => sum + length + 8, 0), 0);

function fixedBytes(level: number, valkey: boolean): number {
  if (valkey) return 640;
  return level < 7.2 ? 768 : 896;
}

/** What subscriptions, watched keys and queued commands add to `tot-mem`. */
function heldBytes(client: ClientState, level: number, valkey: boolean): number {
  const watch = valkey ? 72 : level < 7.2 ? 56 : 80;
  const listening =
    40 * client.channels.size +
    (level < 7.2 ? 24 : 56) * client.patterns.size +
    56 * client.shardChannels.size;
  const queued = client.queue?.length ?? 0;
  // The list of queued commands begins with two places and doubles.
  const places = queued === 0 ? 0 : 2 ** Math.max(1, Math.ceil(Math.log2(queued)));
  return watch * client.watched.size + listening + 24 * places + queueBytes(client);
}
