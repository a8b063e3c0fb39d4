import type { ByteString } from '../../model/bytes.ts';
import { bulks, errorReply, integer, OK, simpleString, verbatim } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, SYNTAX } from '../command.ts';
import { flush } from '../flush.ts';
import { infoText } from '../info.ts';
import { lolwut } from '../lolwut/lolwut.ts';
import { saved, settlePersistence, startRewriting, startSaving } from '../persistence.ts';
import { restart } from '../restart.ts';
import { swapDatabases } from '../swap-databases.ts';
import { isValkey, since } from '../version.ts';
import { microseconds } from '../world.ts';

const SAVING = 'ERR Background save already in progress';

/** The counters move as if a file had been written. No file is. */
function save({ world, now }: Call): ByteString {
  settlePersistence(world, now);
  if (world.persistence.saving !== undefined) fail(SAVING);
  saved(world, now, world.dirty);
  return OK;
}

function saveInBackground(call: Call): ByteString {
  const { world, now } = call;
  const word = argument(call, 1).toLowerCase();
  const cancel = word === 'cancel' && isValkey(call);
  if (call.argv.length > 2 || (call.argv.length === 2 && word !== 'schedule' && !cancel)) fail(SYNTAX);
  settlePersistence(world, now);
  const { persistence } = world;
  if (cancel) return cancelSaving(call);
  if (persistence.saving !== undefined) fail(SAVING);
  if (persistence.rewriting === undefined) {
    startSaving(world, now);
    return simpleString('Background saving started');
  }
  if (word !== 'schedule') {
    const child = since(call, 6.2)
      ? "Another child process is active (AOF?): can't BGSAVE right now"
      : "An AOF log rewriting in progress: can't BGSAVE right now";
    fail(`ERR ${child}. Use BGSAVE SCHEDULE in order to schedule a BGSAVE whenever possible.`);
  }
  persistence.saveScheduled = true;
  return simpleString('Background saving scheduled');
}

function cancelSaving({ world: { persistence } }: Call): ByteString {
  if (persistence.saving !== undefined) {
    persistence.saving = undefined;
    return simpleString('Background saving cancelled');
  }
  if (!persistence.saveScheduled) fail('ERR Background saving is currently not in progress or scheduled');
  persistence.saveScheduled = false;
  return simpleString('Scheduled background saving cancelled');
}

function rewrite({ world, now }: Call): ByteString {
  settlePersistence(world, now);
  const { persistence } = world;
  if (persistence.rewriting !== undefined)
    fail('ERR Background append only file rewriting already in progress');
  if (persistence.saving !== undefined) {
    persistence.rewriteScheduled = true;
    return simpleString('Background append only file rewriting scheduled');
  }
  startRewriting(world, now);
  return simpleString('Background append only file rewriting started');
}

const ENDINGS = new Set(['nosave', 'save', 'now', 'force', 'abort']);

/** The server would go, and systemd bring it back; here it goes for the visitor's own group of addresses. */
function shutdown(call: Call): ByteString {
  const words = call.argv.slice(1).map((word) => word.toLowerCase());
  const known = since(call, 7)
    ? words.every((word) => ENDINGS.has(word))
    : words.every((word) => /^(no)?save$/.test(word));
  const [abort, both] = [words.includes('abort'), words.includes('save') && words.includes('nosave')];
  if (!known || both || (abort && words.length > 1) || (!since(call, 7) && words.length > 1)) fail(SYNTAX);
  if (abort) return errorReply('ERR No shutdown in progress.');
  const { world, client } = call;
  restart(world);
  client.closing = true;
  client.aborted = true;
  return '';
}

export const server: Family = {
  info: (call) => {
    const words = call.argv.slice(1);
    if (words.length > 1 && !since(call, 7)) fail(SYNTAX);
    return verbatim(infoText(call.world, words), call.client.resp);
  },
  save,
  bgsave: saveInBackground,
  bgrewriteaof: rewrite,
  lastsave: ({ world, now }) => {
    settlePersistence(world, now);
    return integer(world.lastSave);
  },
  time: ({ world }) => {
    const now = microseconds(world);
    return bulks([String(Math.trunc(now / 1e6)), String(now % 1e6)]);
  },
  shutdown,
  flushdb: (call) => flush(call, false),
  flushall: (call) => flush(call, true),
  swapdb: swapDatabases,
  lolwut,
};
