import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer } from '../../wire/resp-reply.ts';
import type { Call, Handler } from '../command.ts';
import { argument, fail, nil } from '../command.ts';
import { objectEncoding } from '../encoding.ts';
import { helpReply } from '../help-reply.ts';
import { isShared, references } from '../references.ts';
import { container } from '../subcommand.ts';
import type { Value } from '../value.ts';
import { glance } from './lookup.ts';

const SWITCHING =
  'Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.';

/** What is new starts with a frequency of 5, which falls by one a minute. */
const FIRST_FREQUENCY = 5;
const DECAY_MS = 60_000;

const isLfu = ({ world }: Call): boolean => (world.config.get('maxmemory-policy') ?? '').includes('lfu');

function encoding(call: Call, value: Value): ByteString {
  const key = argument(call, 2);
  return bulk(objectEncoding(call, value, key, call.db.expires(key)));
}

/** Milliseconds since the last use. */
const idleMs = (call: Call): number =>
  Math.max(0, call.now - (call.db.usedAt(argument(call, 2)) ?? call.now));

function idleTime(call: Call): ByteString {
  const idle = idleMs(call);
  if (glance(call, argument(call, 2)) === undefined) return nil(call);
  if (isLfu(call)) {
    fail(`ERR An LFU maxmemory policy is selected, idle time not tracked. ${SWITCHING}`);
  }
  return integer(Math.trunc(idle / 1_000));
}

function frequency(call: Call): ByteString {
  const idle = idleMs(call);
  const value = glance(call, argument(call, 2));
  if (value === undefined) return nil(call);
  if (!isLfu(call)) {
    fail(`ERR An LFU maxmemory policy is not selected, access frequency not tracked. ${SWITCHING}`);
  }
  if (isShared(call, value)) return integer(0);
  return integer(Math.max(0, FIRST_FREQUENCY - Math.trunc(idle / DECAY_MS)));
}

const ofValue =
  (tell: (call: Call, value: Value) => ByteString) =>
  (call: Call): ByteString => {
    const value = glance(call, argument(call, 2));
    return value === undefined ? nil(call) : tell(call, value);
  };

export const object: Handler = container({
  encoding: { words: 2, run: ofValue(encoding) },
  refcount: { words: 2, run: ofValue((call, value) => integer(references(call, value))) },
  idletime: { words: 2, run: idleTime },
  freq: { words: 2, run: frequency },
  help: { words: 1, run: (call) => helpReply(call, 'OBJECT') },
});
