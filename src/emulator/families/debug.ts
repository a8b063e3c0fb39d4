import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { errorReply, OK, simpleString } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, floatArgument, NO_SUCH_KEY } from '../command.ts';
import { container } from '../subcommand.ts';
import { encodingOf, sizeOf } from '../value.ts';

/** A real server sleeps with all its clients; here only who asked waits, and not for ever. */
const LONGEST_SLEEP_MS = 60_000;

function sleep(call: Call): ByteString {
  const { client } = call;
  const ms = floatArgument(argument(call, 2)) * 1_000;
  if (!(ms >= 1) || client.queue !== undefined) return OK;
  client.blocked = true;
  const timer = setTimeout(
    () => {
      client.blocked = false;
      client.link.send(OK);
      client.link.resume();
    },
    Math.min(ms, LONGEST_SLEEP_MS),
  );
  timer.unref();
  return '';
}

function object(call: Call): ByteString {
  const key = argument(call, 2);
  const value = call.db.get(key, call.now);
  if (value === undefined) fail(NO_SUCH_KEY);
  const address = createHash('sha1').update(call.world.runId).update(key, 'latin1').digest('hex').slice(0, 7);
  const clock = Math.trunc(call.now / 1_000) % 16_777_216;
  return simpleString(
    `Value at:0x7f${address}00 refcount:1 encoding:${encodingOf(value)} serializedlength:${sizeOf(value) + 1} lru:${clock} lru_seconds_idle:0`,
  );
}

/** What would end the server ends this connection only. */
function crash(call: Call): ByteString {
  call.client.closing = true;
  call.client.aborted = true;
  return '';
}

export const debug: Family = {
  debug: container({
    object: { words: 2, run: object },
    sleep: { words: 2, run: sleep },
    segfault: { words: 1, run: crash },
    panic: { words: 1, run: crash },
    restart: { words: -1, run: crash },
    'crash-and-recover': { words: -1, run: crash },
    oom: { words: 1, run: crash },
    reload: { words: -1, run: () => OK },
    loadaof: { words: 1, run: () => OK },
    log: { words: 2, run: () => OK },
    'set-active-expire': { words: 2, run: () => OK },
    'change-repl-id': { words: 1, run: () => OK },
    error: { words: 2, run: (call) => errorReply(argument(call, 2)) },
  }),
};
