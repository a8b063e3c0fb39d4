import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { Request } from '../wire/request-decoder.ts';
import { errorReply, OK } from '../wire/resp-reply.ts';
import { lateDenial } from './acl/denial-reply.ts';
import { scriptDenial } from './acl/script-denial.ts';
import { serveWaiting } from './blocking.ts';
import type { Call, Command } from './command.ts';
import { hold, nilArray, OUT_OF_MEMORY, ReplyError } from './command.ts';
import { countError, finished, refusedCommand } from './command-figures.ts';
import { keysOf, mayHaveKeys } from './command-keys.ts';
import { endTransaction, queuedBytes, watchBroken } from './families/transactions.ts';
import { countLookups } from './lookups.ts';
import { waitForScript } from './lua/script-engine.ts';
import { feedMonitors } from './monitor.ts';
import { postpone } from './pause.ts';
import { refusal, unknownCommand } from './refusal.ts';
import { flushWrites, recordWrite } from './replication/feed.ts';
import { boundedArray, Overflow } from './reply-bound.ts';
import { invalidateAll, remember, takePending } from './tracking.ts';
import type { ClientState, World } from './world.ts';

const NOT_QUEUED = new Set(['exec', 'discard', 'multi', 'watch', 'quit', 'reset']);
const MINUS = 45;
/** A reply that Valkey may log. */
const LARGE = 1_048_576;

/** One request to its whole reply: the checks of processCommand in its order, then the handler. Never throws. */
export function dispatch(world: World, client: ClientState, request: Request): ByteString {
  const { argv } = request;
  const spelling = argv[0] ?? '';
  const told = world.spellings.get(spelling) ?? world.commands.get(spelling.toLowerCase());
  const command = told === undefined || told.parts.size === 0 ? told : partOf(told, argv);
  // Up to 6.2 a pause stops the reading; later, what would be refused still is.
  if (world.pause !== undefined && world.level < 6.2 && postpone(world, client, request, command, dispatch))
    return '';
  const held = waitForScript(world, client, request, command, dispatch);
  if (held === '') return '';
  client.lastCommand = told?.name;
  client.lastPart = command?.parts.size === 0 || argv.length === 1 ? command?.name : undefined;
  client.lastWords = argv.length;
  if (told === undefined) {
    const word = spelling.toLowerCase();
    if (word === 'quit') return quit(client);
    if (word === 'post' || word === 'host:') return hangUp(client);
  } else if (told.name === 'quit' && world.level < 7) return quit(client);
  const refused = refusal(world, client, request, command) ?? held;
  if (refused !== undefined) return refuse(world, client, command, refused, argv);
  const database = world.databases[client.db];
  if (command === undefined || database === undefined) return '';
  if (world.pause !== undefined && postpone(world, client, request, command, dispatch)) return '';
  const call: Call = {
    world,
    client,
    argv,
    db: database,
    now: world.now,
    run: callFromScript,
    nested: false,
  };
  if (client.queue !== undefined && !NOT_QUEUED.has(command.name))
    return enqueue(call, client.queue, command);
  if (!world.tracking.active) return served(call, command);
  return tracked(call, command);
}

function served(call: Call, command: Command): ByteString {
  const { world } = call;
  const reply = command.name === 'exec' ? execute(call, command) : perform(call, command);
  if (world.streams.size > 0) flushWrites(world, call.client, command.name);
  if (world.ready.size > 0) serveWaiting(world);
  return reply;
}

/** The same while somebody has CLIENT TRACKING on. */
function tracked(call: Call, command: Command): ByteString {
  const { client, world } = call;
  world.tracking.current = client;
  const reply = served(call, command);
  world.tracking.current = undefined;
  if (client.tracking !== undefined && client.queue === undefined && client.lastCommand !== 'client')
    client.tracking.caching = false;
  return world.level < 7 ? reply : reply + takePending(world);
}

function quit(client: ClientState): ByteString {
  client.closing = true;
  return OK;
}

/** The subcommand that was asked for, from 7.0 on; the container itself when it has none of that name. */
export function partOf(command: Command, argv: readonly ByteString[]): Command {
  return command.parts.get((argv[1] ?? '').toLowerCase()) ?? command;
}

/** An error before the command ran spoils the transaction it is in; EXEC itself ends it. */
function refuse(
  world: World,
  client: ClientState,
  command: Command | undefined,
  text: ByteString,
  argv: readonly ByteString[],
): ByteString {
  if (client.queue !== undefined) client.poisoned = true;
  if (command?.name !== 'exec') {
    refusedCommand(world, command, text);
    return errorReply(text);
  }
  endTransaction(world, client);
  const aborted = `EXECABORT Transaction discarded because of: ${text.replace(/^ERR /, '')}`;
  refusedCommand(world, command, aborted);
  const seen = world.monitors.size > 0 ? feedMonitors({ world, client, argv }, command) : '';
  return errorReply(aborted) + seen;
}

const MOST_QUEUED = 20_000;

function enqueue(call: Call, queue: (readonly ByteString[])[], command: Command): ByteString {
  if (queue.length >= MOST_QUEUED) {
    return refuse(call.world, call.client, command, OUT_OF_MEMORY, call.argv);
  }
  queue.push(call.argv.map(ownedBytes));
  hold(call.world, call.client, queuedBytes(call.argv));
  return '+QUEUED\r\n';
}

function execute(call: Call, command: Command): ByteString {
  const { client, world } = call;
  const { queue, poisoned } = client;
  const broken = queue !== undefined && watchBroken(call);
  let reply: ByteString;
  if (queue === undefined) reply = errorReply('ERR EXEC without MULTI');
  else {
    endTransaction(world, client);
    if (poisoned) reply = errorReply('EXECABORT Transaction discarded because of previous errors.');
    else reply = broken ? nilArray(call) : runQueue(call, queue);
  }
  book(call, command, reply);
  return world.monitors.size > 0 ? reply + feedMonitors(call, command) : reply;
}

function runQueue(call: Call, queue: readonly (readonly ByteString[])[]): ByteString {
  const { client, world } = call;
  try {
    return boundedArray(queue, (argv) => {
      const db = world.databases[client.db] ?? call.db;
      const told = world.commands.get((argv[0] ?? '').toLowerCase());
      if (told === undefined) return failed(world, unknownCommand(argv, world.level));
      const command = partOf(told, argv);
      const denied = lateDenial(world, client, command, argv);
      const gone = client.closing;
      const reply =
        denied === undefined ? perform({ ...call, argv, db, nested: true }, command) : failed(world, denied);
      // Who has ended its own connection hears no more.
      return gone ? '' : reply;
    });
  } catch (error) {
    return overflowed(client, error);
  }
}

function failed(world: World, text: ByteString): ByteString {
  countError(world, text);
  return errorReply(text);
}

/** Scripts mark errors of the call itself with \x01: `script-call.ts`. */
function callFromScript(call: Call, command: Command): ByteString {
  const denied = call.client.user.free ? undefined : scriptDenial(call, command);
  return denied === undefined ? perform({ ...call, script: true }, command) : `-\x01${denied}\r\n`;
}

function perform(call: Call, command: Command): ByteString {
  const { world, client } = call;
  const { group } = client.view;
  const { dirty } = world;
  // Up to 6.0 a command is shown before it runs, scripts still are.
  let first =
    world.monitors.size > 0 && (world.level < 6.2 || command.unseen) ? feedMonitors(call, command) : '';
  if (first !== '' && !call.nested) {
    client.link.send(first);
    first = '';
  }
  let reply: ByteString;
  group.writing = command.writes;
  try {
    reply = command.handler(call);
  } catch (error) {
    reply = error instanceof ReplyError ? errorReply(error.message) : overflowed(client, error);
  } finally {
    group.writing = false;
  }
  if (world.streams.size > 0) recordWrite(call, command, reply, dirty);
  if (world.tracking.active) reply = withTracking(call, command, reply);
  book(call, command, reply);
  if (world.monitors.size === 0) return reply;
  return first + reply + (world.level < 6.2 || command.unseen ? '' : feedMonitors(call, command));
}

/** Counts a command that has run, and the time it took where that is worth it. */
function book(call: Call, command: Command, reply: ByteString): void {
  const { world } = call;
  world.statistics.commands++;
  call.client.commands++;
  command.calls++;
  if (command.reads) countLookups(call, command, reply);
  if (command.slow) {
    const started = world.ticks;
    world.ticks = world.clock.monotonic();
    const usec = Math.round((world.ticks - started) * 1_000);
    command.usec += usec;
    finished(call, command, usec, reply);
    return;
  }
  command.usec++;
  if (reply.charCodeAt(0) === MINUS || world.logs.gate <= 1 || reply.length > LARGE)
    finished(call, command, 1, reply);
}

/** What CLIENT TRACKING makes of a command that has run. */
function withTracking(call: Call, command: Command, reply: ByteString): ByteString {
  const { client, world } = call;
  if (client.tracking !== undefined && command.reads) rememberKeys(call, command);
  if ((command.name === 'flushall' || command.name === 'flushdb') && reply === OK) invalidateAll(world);
  return world.level < 7 && call.script !== true ? takePending(world) + reply : reply;
}

function rememberKeys(call: Call, command: Command): void {
  const { client, world, argv } = call;
  const { tracking } = client;
  if (tracking === undefined || tracking.broadcast) return;
  if ((tracking.choice === 'in' && !tracking.caching) || (tracking.choice === 'out' && tracking.caching))
    return;
  if (!mayHaveKeys(command)) return;
  remember(
    world,
    client,
    keysOf(command, argv, world.level).map(({ at }) => argv[at] ?? ''),
  );
}

/** A reply that is too long to be made ends the connection, as a limit on output buffers would. */
function overflowed(client: ClientState, error: unknown): ByteString {
  if (!(error instanceof Overflow) && !(error instanceof RangeError)) throw error;
  return hangUp(client);
}

function hangUp(client: ClientState): ByteString {
  client.closing = true;
  client.aborted = true;
  return '';
}
