import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { Request } from '../wire/request-decoder.ts';
import { errorReply, OK } from '../wire/resp-reply.ts';
import type { Call, Command } from './command.ts';
import { hold, nilArray, OUT_OF_MEMORY, ReplyError } from './command.ts';
import { endTransaction, queuedBytes, watchBroken } from './families/transactions.ts';
import { feedMonitors } from './monitor.ts';
import { refusal, unknownCommand } from './refusal.ts';
import { boundedArray, Overflow } from './reply-bound.ts';
import type { ClientState, World } from './world.ts';

const NOT_QUEUED = new Set(['exec', 'discard', 'multi', 'watch']);

/** One request to its whole reply: the checks of processCommand (6.0), in its order, then the handler. Never throws. */
export function dispatch(world: World, client: ClientState, request: Request): ByteString {
  const { argv } = request;
  const spelling = argv[0] ?? '';
  const command = world.spellings.get(spelling) ?? world.commands.get(spelling.toLowerCase());
  const name = command?.name ?? spelling.toLowerCase();
  client.lastCommand = command?.name;
  if (name === 'quit') {
    client.closing = true;
    return OK;
  }
  const refused = refusal(world, client, request, name, command);
  if (refused !== undefined) return refuse(world, client, name, refused);
  const database = world.databases[client.db];
  if (command === undefined || database === undefined) return '';
  const call: Call = { world, client, argv, db: database, now: world.now, run: perform };
  if (client.queue !== undefined && !NOT_QUEUED.has(name)) return enqueue(call, client.queue);
  return name === 'exec' ? execute(call, command) : perform(call, command);
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

function execute(call: Call, command: Command): ByteString {
  const { client, world } = call;
  const { queue, poisoned } = client;
  if (queue === undefined) return errorReply('ERR EXEC without MULTI');
  const broken = watchBroken(call);
  endTransaction(world, client);
  world.statistics.commands++;
  command.calls++;
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

function perform(call: Call, command: Command): ByteString {
  const { world, client } = call;
  if (world.monitors.size > 0) feedMonitors(call, command);
  let reply: ByteString;
  try {
    reply = command.handler(call);
  } catch (error) {
    reply = error instanceof ReplyError ? errorReply(error.message) : hangUp(client, error);
  }
  world.statistics.commands++;
  command.calls++;
  if (command.slow) {
    const started = world.ticks;
    world.ticks = world.clock.monotonic();
    command.usec += Math.round((world.ticks - started) * 1_000);
  } else command.usec++;
  return reply;
}

/** A reply that is too long to be made ends the connection, as a limit on output buffers would. */
function hangUp(client: ClientState, error: unknown): ByteString {
  if (!(error instanceof Overflow) && !(error instanceof RangeError)) throw error;
  client.closing = true;
  client.aborted = true;
  return '';
}
