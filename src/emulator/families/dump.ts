import type { ByteString } from '../../model/bytes.ts';
import { TYPE } from '../../redis/rdb-types.ts';
import { bulk, errorReply, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import {
  argument,
  exactInteger,
  fail,
  integerArgument,
  nil,
  OUT_OF_MEMORY,
  SYNTAX,
  touched,
} from '../command.ts';
import { notify } from '../notify.ts';
import { dumpValue, isDump, restoreValue } from '../rdb/dump.ts';
import { rdbStyle } from '../rdb/style.ts';
import { migrate } from '../replication/migrate.ts';
import { Overflow } from '../reply-bound.ts';
import { countUpTo } from '../streams/lag.ts';
import type { Stream } from '../streams/stream.ts';
import { sizeOf } from '../value.ts';
import { since } from '../version.ts';

/** Values that take longer to write than others should have to wait: the connection ends. */
const LARGEST_DUMP = 16_777_216;
/** What a payload may become, bytes. */
const RESTORE_BUDGET = 33_554_432;

function dumpKey(call: Call): ByteString {
  const value = call.db.get(argument(call, 1), call.now);
  if (value === undefined) return nil(call);
  if (sizeOf(value) > LARGEST_DUMP) throw new Overflow();
  return bulk(dumpValue(value, rdbStyle(call.world)));
}

/** Checked in the order of the real server: options, the key, the time, the payload. */
function restore(call: Call): ByteString {
  const { world, db, now } = call;
  const { replace, absolute } = restoreOptions(call);
  const [key, payload] = [argument(call, 1), argument(call, 3)];
  const there = db.get(key, now) !== undefined;
  if (there && !replace) fail('BUSYKEY Target key name already exists.');
  const ttl = exactInteger(argument(call, 2));
  if (ttl < 0n) fail('ERR Invalid TTL value, must be >= 0');
  if (!isDump(payload, world.persona.rdbVersion)) fail('ERR DUMP payload version or checksum are wrong');
  const value = restoreValue(payload, RESTORE_BUDGET);
  if ('kind' in value) return errorReply(value.tooLarge ? OUT_OF_MEMORY : 'ERR Bad data format');
  if (value.type === 'vectorset' && !since(call, 8)) fail('ERR Bad data format');
  if (value.type === 'stream' && payload.charCodeAt(0) === TYPE.stream && since(call, 7))
    reckonReads(call, value.stream);
  const expires = expiryOf(call, ttl, absolute);
  const deleted = there && db.delete(key, now);
  if (expires !== undefined && expires <= now) {
    if (deleted) {
      notify(call, 'g', 'del', key);
      touched(call, key);
    }
    return OK;
  }
  db.set(key, value, expires);
  notify(call, 'g', 'restore', key);
  touched(call, key);
  return OK;
}

/** Older releases do not count what groups have read; later ones reckon it where they can. */
function reckonReads(call: Call, stream: Stream): void {
  for (const group of stream.groups.values())
    group.entriesRead = countUpTo(call, stream, group.lastDelivered);
}

interface RestoreOptions {
  readonly replace: boolean;
  readonly absolute: boolean;
}

function restoreOptions(call: Call): RestoreOptions {
  let [replace, absolute, idle, frequency] = [false, false, false, false];
  for (let at = 4; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const more = at + 1 < call.argv.length;
    if (word === 'replace') replace = true;
    else if (word === 'absttl') absolute = true;
    else if (word === 'idletime' && more && !frequency) {
      if (integerArgument(argument(call, ++at)) < 0) fail('ERR Invalid IDLETIME value, must be >= 0');
      idle = true;
    } else if (word === 'freq' && more && !idle) {
      const value = integerArgument(argument(call, ++at));
      if (value < 0 || value > 255) fail('ERR Invalid FREQ value, must be >= 0 and <= 255');
      frequency = true;
    } else fail(SYNTAX);
  }
  return { replace, absolute };
}

const MOST_64 = 2n ** 63n;

/** When the key goes, undefined for never. A time that overflows 64 bits is in the past up to 7.0. */
function expiryOf(call: Call, ttl: bigint, absolute: boolean): number | undefined {
  if (ttl === 0n) return undefined;
  const at = absolute ? ttl : ttl + BigInt(call.now);
  if (at >= MOST_64 && !since(call, 7.2)) return 0;
  return Number(at);
}

export const dump: Family = {
  dump: dumpKey,
  restore,
  'restore-asking': restore,
  migrate,
};
