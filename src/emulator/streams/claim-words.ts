import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, ReplyError } from '../command.ts';
import type { StreamId } from './id.ts';
import { ZERO_ID } from './id.ts';
import { strictId } from './parse-id.ts';

/** The words of XCLAIM after the consumer. */
export interface ClaimWords {
  /** Milliseconds. */
  readonly minIdle: bigint;
  readonly ids: readonly StreamId[];
  readonly force: boolean;
  readonly justId: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly deliveredAt: number;
  /** Negative when not said. */
  readonly retryCount: number;
  readonly lastId: StreamId;
}

export function claimWords(call: Call): ClaimWords {
  const minIdle = exactInteger(argument(call, 4), 'ERR Invalid min-idle-time argument for XCLAIM');
  const ids: StreamId[] = [];
  let at = 5;
  for (; at < call.argv.length; at++) {
    const id = tried(argument(call, at));
    if (id === undefined) break;
    ids.push(id);
  }
  let [force, justId] = [false, false];
  let time: bigint | undefined;
  let retryCount = -1n;
  let lastId = ZERO_ID;
  const now = BigInt(call.now);
  for (; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const more = at + 1 < call.argv.length;
    if (word === 'force') force = true;
    else if (word === 'justid') justId = true;
    else if (word === 'idle' && more) time = BigInt.asIntN(64, now - whole(call, ++at, 'IDLE'));
    else if (word === 'time' && more) time = whole(call, ++at, 'TIME');
    else if (word === 'retrycount' && more) retryCount = whole(call, ++at, 'RETRYCOUNT');
    else if (word === 'lastid' && more) lastId = strictId(argument(call, ++at));
    else fail(`ERR Unrecognized XCLAIM option '${argument(call, at)}'`);
  }
  const deliveredAt = time === undefined || time < 0n || time > now ? call.now : Number(time);
  return { minIdle, ids, force, justId, deliveredAt, retryCount: Number(retryCount), lastId };
}

const whole = (call: Call, at: number, option: string): bigint =>
  exactInteger(argument(call, at), `ERR Invalid ${option} option argument for XCLAIM`);

function tried(text: ByteString): StreamId | undefined {
  try {
    return strictId(text);
  } catch (error) {
    if (error instanceof ReplyError) return undefined;
    throw error;
  }
}
