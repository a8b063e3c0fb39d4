import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { valueOf, watchKey } from '../command.ts';
import { since } from '../version.ts';
import type { NodeLimits } from './node.ts';
import type { ConsumerGroup, Stream } from './stream.ts';
import { createStream } from './stream.ts';

export function streamOf(call: Call, key: ByteString): Stream | undefined {
  return valueOf(call, key, 'stream')?.stream;
}

/** The stream of a key, or a new empty one; a new one is not stored yet. */
export function streamOrNew(
  call: Call,
  key: ByteString,
): { readonly stream: Stream; readonly fresh: boolean } {
  const stream = streamOf(call, key);
  return { stream: stream ?? createStream(), fresh: stream === undefined };
}

/** Changes a stream and books what its entries grew by; stores it when it is new. */
export function changeEntries(
  call: Call,
  key: ByteString,
  stream: Stream,
  fresh: boolean,
  change: () => void,
): void {
  const before = stream.entries.bytes;
  change();
  if (fresh) call.db.set(key, { type: 'stream', stream });
  else call.db.changed(key, stream.entries.bytes - before);
}

export function nodeLimits(call: Call): NodeLimits {
  const { config } = call.world;
  const bytes = Number(config.get('stream-node-max-bytes') ?? 4_096);
  return {
    entries: Number(config.get('stream-node-max-entries') ?? 100),
    // 6.0 takes 0 for a limit too: every entry has a node of its own.
    bytes: bytes === 0 && !since(call, 6.2) ? 1 : bytes,
    deletedCount: since(call, 6.2),
  };
}

/** The stream and its group; undefined when either is not there. */
export function groupOf(
  call: Call,
  key: ByteString,
  name: ByteString,
): { readonly stream: Stream; readonly group: ConsumerGroup } | undefined {
  const stream = streamOf(call, key);
  const group = stream?.groups.get(name);
  return stream === undefined || group === undefined ? undefined : { stream, group };
}

/** Counts a change that WATCH does not see. */
export function counted({ world }: Call, changes = 1): void {
  world.dirty += changes;
}

/** Lets those who wait for a key look again, though it was not changed. */
export function wake({ world, client }: Call, key: ByteString): void {
  const waited = watchKey(client.db, key);
  if (world.waiters.has(waited)) world.ready.add(waited);
}
