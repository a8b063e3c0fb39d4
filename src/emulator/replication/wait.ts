import type { ByteString } from '../../model/bytes.ts';
import { array, integer } from '../../wire/resp-reply.ts';
import { block, unblock } from '../blocking.ts';
import type { Call } from '../command.ts';
import { argument, fail, integerArgument, NOT_INTEGER } from '../command.ts';
import { isValkey } from '../version.ts';
import { feed } from './feed.ts';
import { liveReplicas, streamOf, writtenBy } from './replica.ts';

export function wait(call: Call): ByteString {
  if (call.world.master !== undefined) fail(forReplica(call));
  const wanted = integerArgument(argument(call, 1));
  const timeout = timeoutOf(argument(call, 2));
  return waitFor(call, wanted, timeout, (count) => integer(count));
}

function forReplica(call: Call): string {
  const end = 'writes to replicas are just local and are not propagated.';
  const setting = 'if a replica is configured to be writable (which is not the default)';
  const from = isValkey(call) ? '' : 'since Redis 4.0 ';
  return `ERR WAIT cannot be used with replica instances. Please also note that ${from}${setting} ${end}`;
}

/** The append-only file is never on, so its own part of the answer is 0. */
export function waitAof(call: Call): ByteString {
  const local = integerArgument(argument(call, 1));
  if (local < 0 || local > 1) fail('ERR value is out of range, value must between 0 and 1');
  const wanted = positive(argument(call, 2));
  const timeout = timeoutOf(argument(call, 3));
  if (call.world.master !== undefined) {
    fail(
      'ERR WAITAOF cannot be used with replica instances. Please also note that writes to replicas are just local and are not propagated.',
    );
  }
  if (local > 0 && call.world.config.get('appendonly') !== 'yes') {
    fail('ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.');
  }
  // No replica of ours says that it has written to a file.
  return waitFor(call, wanted > 0 ? Infinity : 0, timeout, () => array([integer(local), integer(0)]));
}

const OUT_OF_RANGE = 'ERR value is out of range, must be positive';

function positive(text: ByteString): number {
  const value = integerArgument(text, OUT_OF_RANGE);
  return value < 0 ? fail(OUT_OF_RANGE) : value;
}

function timeoutOf(text: ByteString): number {
  const timeout = integerArgument(text, NOT_INTEGER.replace('value', 'timeout'));
  return timeout < 0 ? fail('ERR timeout is negative') : timeout;
}

const MANY_WAITING = 100;

/** Until so many replicas have acknowledged what this client has written, or the time is over. */
function waitFor(
  call: Call,
  wanted: number,
  timeoutMs: number,
  reply: (count: number) => ByteString,
): ByteString {
  const { world, client } = call;
  const stream = streamOf(world);
  const offset = writtenBy(client);
  const count = (): number =>
    liveReplicas(world, stream).filter(
      ({ state, acknowledged }) => state === 'online' && acknowledged >= offset,
    ).length;
  if (count() >= wanted || call.nested) return reply(count());
  const look = (): void => {
    if (client.waiting === undefined) stream.waiting.delete(look);
    else if (count() >= wanted) {
      stream.waiting.delete(look);
      unblock(world, client, reply(count()));
    }
  };
  // Those who have gone meanwhile leave.
  if (stream.waiting.size >= MANY_WAITING) for (const one of stream.waiting) one();
  stream.waiting.add(look);
  feed(world, ['REPLCONF', 'GETACK', '*'], undefined);
  return block(call, {
    keys: [],
    timeoutMs,
    attempt: () => undefined,
    expired: () => {
      stream.waiting.delete(look);
      return reply(count());
    },
  });
}
