import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { Request } from '../wire/request-decoder.ts';
import { errorReply, OK } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { hold, nilArray, OUT_OF_MEMORY, ReplyError } from './command.ts';
import { endTransaction, queuedBytes, watchBroken } from './families/transactions.ts';
import { handlerOf } from './families.ts';
import { feedMonitors } from './monitor.ts';
import type { PersonaCommand } from './persona.ts';
import { refusal, unknownCommand } from './refusal.ts';
import { boundedArray, Overflow } from './reply-bound.ts';
import type { ClientState, World } from './world.ts';

const NOT_QUEUED = new Set(['exec', 'discard', 'multi', 'watch']);

/** One request to its whole reply: the checks of processCommand (6.0), in its order, then the handler. Never throws. */
export function dispatch(world: World, client: ClientState, request: Request): ByteString {
  const { argv } = request;
  const name = (argv[0] ?? '').toLowerCase();
  if (name === 'quit') {
    client.closing = true;
    return OK;
  }
  const spec = world.commands.get(name);
  client.lastCommand = spec?.name ?? 'NULL';
  const refused = refusal(world, client, request, name, spec);
  if (refused !== undefined) return refuse(world, client, name, refused);
  const database = world.databases[client.db];
  if (spec === undefined || database === undefined) return '';
  const call: Call = { world, client, argv, db: database, now: world.clock.now(), run: perform };
  if (client.queue !== undefined && !NOT_QUEUED.has(name)) return enqueue(call, client.queue);
  return name === 'exec' ? execute(call, spec) : perform(call, spec);
}

/** An error before the command ran spoils the transaction it is in; EXEC itself ends it. */
function refuse(world: World, client: ClientState, name: string, text: ByteString): ByteString {
  world.statistics.errors++;
  if (client.queue !== undefined) client.poisoned = true;
  if (name !== 'exec') return errorReply(text);
  endTransaction(world, client);
  return errorReply(`EXECABORT Transaction discarded because of: ${text.replace(/^ERR /, '')}`);
}

const MOST_QUEUED = 20_000;

function enqueue(call: Call, queue: (readonly ByteString[])[]): ByteString {
  if (queue.length >= MOST_QUEUED) return refuse(call.world, call.client, '', OUT_OF_MEMORY);
  queue.push(call.argv.map(ownedBytes));
  hold(call.world, call.client, queuedBytes(call.argv));
  return '+QUEUED\r\n';
}

function execute(call: Call, spec: PersonaCommand): ByteString {
  const { client, world } = call;
  const { queue, poisoned } = client;
  if (queue === undefined) return errorReply('ERR EXEC without MULTI');
  const broken = watchBroken(call);
  endTransaction(world, client);
  world.statistics.commands++;
  count(world, spec.name, 1);
  if (poisoned) return errorReply('EXECABORT Transaction discarded because of previous errors.');
  if (broken) return nilArray(call);
  try {
    return boundedArray(queue, (argv) => {
      const name = (argv[0] ?? '').toLowerCase();
      const db = world.databases[client.db] ?? call.db;
      const inner = world.commands.get(name);
      return inner === undefined ? errorReply(unknownCommand(argv)) : perform({ ...call, argv, db }, inner);
    });
  } catch (error) {
    return hangUp(client, error);
  }
}

function perform(call: Call, spec: PersonaCommand): ByteString {
  const { world, client } = call;
  const { name } = spec;
  const handler = handlerOf(name);
  if (handler === undefined) return errorReply(unknownCommand(call.argv));
  if (world.monitors.size > 0) feedMonitors(call, spec);
  const started = world.clock.monotonic();
  let reply: ByteString;
  try {
    reply = handler(call);
  } catch (error) {
    reply = error instanceof ReplyError ? errorReply(error.message) : hangUp(client, error);
  }
  world.statistics.commands++;
  count(world, name, Math.max(1, Math.round((world.clock.monotonic() - started) * 1_000)));
  return reply;
}

/** A reply that is too long to be made ends the connection, as a limit on output buffers would. */
function hangUp(client: ClientState, error: unknown): ByteString {
  if (!(error instanceof Overflow) && !(error instanceof RangeError)) throw error;
  client.closing = true;
  client.aborted = true;
  return '';
}

function count(world: World, name: string, usec: number): void {
  const counted = world.statistics.calls.get(name);
  if (counted === undefined) world.statistics.calls.set(name, { calls: 1, usec });
  else {
    counted.calls++;
    counted.usec += usec;
  }
}
