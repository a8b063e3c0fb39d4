import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { integer, OK } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, no, touched, yes } from '../command.ts';
import { helpReply } from '../help-reply.ts';
import { notify } from '../notify.ts';
import type { Subcommand } from '../subcommand.ts';
import { since } from '../version.ts';
import { makeConsumer } from './deliver.ts';
import { counted, streamOf, streamOrNew, wake } from './of-key.ts';
import { looseId, strictId } from './parse-id.ts';
import type { ConsumerGroup, Stream } from './stream.ts';
import { CONSUMER_BYTES, createGroup, GROUP_BYTES, groupBytes, PENDING_BYTES } from './stream.ts';
import { noGroupOfKey, subcommandSyntax } from './syntax.ts';

interface Options {
  readonly makeStream: boolean;
  readonly entriesRead: bigint | undefined;
}

const UNKNOWN_READ = -1n;
const NO_KEY =
  'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.';

/** Words after the id. */
function options(call: Call, creating: boolean): Options {
  let makeStream = false;
  let read = UNKNOWN_READ;
  // 6.0 knows one word; with more it looks at the key first.
  if (!since(call, 6.2) && call.argv.length > 6) return { makeStream, entriesRead: undefined };
  for (let at = 5; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if (creating && word === 'mkstream') makeStream = true;
    else if (since(call, 7) && word === 'entriesread' && at + 1 < call.argv.length) {
      read = exactInteger(argument(call, ++at));
      if (read < UNKNOWN_READ) fail('ERR value for ENTRIESREAD must be positive or -1');
    } else fail(subcommandSyntax(call));
  }
  return { makeStream, entriesRead: read === UNKNOWN_READ ? undefined : read };
}

function create(call: Call): ByteString {
  const { makeStream, entriesRead } = options(call, true);
  const key = argument(call, 2);
  const name = argument(call, 3);
  const { stream, fresh } = streamOrNew(call, key);
  if (fresh && !makeStream) fail(NO_KEY);
  if (call.argv.length > (since(call, 6.2) ? 8 : 6)) fail(subcommandSyntax(call));
  const text = argument(call, 4);
  const id = text === '$' ? stream.lastId : strictId(text);
  if (stream.groups.has(name)) fail('BUSYGROUP Consumer Group name already exists');
  stream.groups.set(ownedBytes(name), createGroup(ownedBytes(name), id, entriesRead));
  if (fresh) {
    call.db.set(key, { type: 'stream', stream });
    touched(call, key, 0);
  } else call.db.changed(key, GROUP_BYTES + name.length);
  counted(call);
  notify(call, 't', 'xgroup-create', key);
  return OK;
}

/** The stream, which must be there, and its group when it is. */
function named(call: Call): {
  readonly key: ByteString;
  readonly stream: Stream;
  readonly group: ConsumerGroup | undefined;
} {
  const key = argument(call, 2);
  const stream = streamOf(call, key) ?? fail(NO_KEY);
  return { key, stream, group: stream.groups.get(argument(call, 3)) };
}

function grouped(call: Call): {
  readonly key: ByteString;
  readonly stream: Stream;
  readonly group: ConsumerGroup;
} {
  const { key, stream, group } = named(call);
  return { key, stream, group: group ?? fail(noGroupOfKey(key, argument(call, 3))) };
}

function setId(call: Call): ByteString {
  const { entriesRead } = options(call, false);
  const { key, stream, group } = grouped(call);
  if (call.argv.length !== 5 && (call.argv.length !== 7 || !since(call, 7))) fail(subcommandSyntax(call));
  const text = argument(call, 4);
  group.lastDelivered = text === '$' ? stream.lastId : looseId(text);
  group.entriesRead = entriesRead;
  counted(call);
  notify(call, 't', 'xgroup-setid', key);
  return OK;
}

function destroy(call: Call): ByteString {
  const { key, stream, group } = named(call);
  if (group === undefined) return no;
  stream.groups.delete(group.name);
  call.db.changed(key, -groupBytes(group));
  counted(call);
  notify(call, 't', 'xgroup-destroy', key);
  // Those who wait in it learn that it is gone.
  wake(call, key);
  return yes;
}

function createConsumer(call: Call): ByteString {
  if (!since(call, 6.2) && named(call)) fail(subcommandSyntax(call));
  const { key, group } = grouped(call);
  if (group.consumers.has(argument(call, 4))) return no;
  makeConsumer(call, key, group, argument(call, 4));
  return yes;
}

function deleteConsumer(call: Call): ByteString {
  const { key, group } = grouped(call);
  const consumer = group.consumers.get(argument(call, 4));
  const pending = consumer?.pending.size ?? 0;
  if (consumer !== undefined) {
    for (const [id] of consumer.pending) group.pending.delete(id);
    group.consumers.delete(consumer.name);
    call.db.changed(key, -CONSUMER_BYTES - consumer.name.length - PENDING_BYTES * pending);
  }
  if (consumer !== undefined || !since(call, 7)) {
    counted(call);
    notify(call, 't', 'xgroup-delconsumer', key);
  }
  return integer(pending);
}

export const groupSubcommands: Readonly<Record<string, Subcommand>> = {
  help: { words: 1, run: (call) => helpReply(call, 'XGROUP') },
  create: { words: -4, run: create },
  setid: { words: -4, run: setId },
  destroy: { words: 3, run: destroy },
  createconsumer: { words: 4, run: createConsumer },
  delconsumer: { words: 4, run: deleteConsumer },
};
