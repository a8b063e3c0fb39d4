import type { ByteString } from '../model/bytes.ts';
import type { Request } from '../wire/request-decoder.ts';
import { array, errorReply, OK } from '../wire/resp-reply.ts';
import { nilArray, OUT_OF_MEMORY, replyToError } from './command.ts';
import type { Call } from './command.ts';
import { handlerOf } from './families.ts';
import { endTransaction, watchBroken } from './families/transactions.ts';
import { usedMemory } from './info.ts';
import { feedMonitors } from './monitor.ts';
import type { PersonaCommand } from './persona.ts';
import { MEMORY_CEILING } from './world.ts';
import type { ClientState, World } from './world.ts';

const NO_LOGIN_NEEDED = new Set(['auth', 'hello']);
const NOT_QUEUED = new Set(['exec', 'discard', 'multi', 'watch']);
const WHILE_SUBSCRIBED = new Set(['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ping', 'quit']);
/** As redis.c: what an error message shows of the arguments. */
const PREVIEW = 128;

/** One request to its whole reply: the checks of processCommand (6.0), in its order, then the handler. */
export function dispatch(world: World, client: ClientState, request: Request): ByteString {
  const { argv } = request;
  const name = (argv[0] ?? '').toLowerCase();
  if (name === 'quit') {
    client.closing = true;
    return OK;
  }
  const now = world.clock.now();
  const spec = world.commands.get(name);
  const reply = refusal(world, client, request, name, spec);
  if (reply !== undefined) {
    if (client.queue !== undefined && reply.startsWith('-')) client.poisoned = true;
    world.statistics.errors++;
    return reply;
  }
  const database = world.databases[client.db];
  if (spec === undefined || database === undefined) return '';
  const call: Call = { world, client, argv, db: database, now };
  if (client.queue !== undefined && !NOT_QUEUED.has(name)) {
    if (client.queue.length >= MOST_QUEUED) return errorReply(OUT_OF_MEMORY);
    client.queue.push(argv);
    return '+QUEUED\r\n';
  }
  return name === 'exec' ? execute(call) : perform(call, name);
}

const MOST_QUEUED = 20_000;

/** Why a command is not run at all; undefined when it is. */
function refusal(
  world: World,
  client: ClientState,
  request: Request,
  name: string,
  spec: PersonaCommand | undefined,
): ByteString | undefined {
  const count = request.argv.length + request.dropped;
  if (spec === undefined) return errorReply(unknownCommand(request.argv));
  if (spec.arity > 0 ? spec.arity !== count : count < -spec.arity) {
    return errorReply(`ERR wrong number of arguments for '${name}' command`);
  }
  if (!client.authenticated && !NO_LOGIN_NEEDED.has(name)) return errorReply('NOAUTH Authentication required.');
  const tooBig = request.cut.length > 0 || request.dropped > 0;
  if (tooBig || (spec.flags.includes('denyoom') && isFull(world))) return errorReply(OUT_OF_MEMORY);
  if (world.master !== undefined && spec.flags.includes('write') && readOnly(world)) {
    return errorReply("READONLY You can't write against a read only replica.");
  }
  const subscribed = client.channels.size + client.patterns.size > 0;
  if (subscribed && client.resp === 2 && !WHILE_SUBSCRIBED.has(name)) {
    return errorReply(
      `ERR Can't execute '${name}': only (P)SUBSCRIBE / (P)UNSUBSCRIBE / PING / QUIT are allowed in this context`,
    );
  }
  return undefined;
}

function unknownCommand(argv: readonly ByteString[]): string {
  let shown = '';
  for (const argument of argv.slice(1)) {
    if (shown.length >= PREVIEW) break;
    shown += `\`${argument.slice(0, PREVIEW - shown.length)}\`, `;
  }
  return `ERR unknown command \`${(argv[0] ?? '').slice(0, PREVIEW)}\`, with args beginning with: ${shown}`;
}

function readOnly(world: World): boolean {
  return world.config.get('replica-read-only') !== 'no';
}

function isFull(world: World): boolean {
  const asked = Number(world.config.get('maxmemory') ?? 0);
  return usedMemory(world) > (asked > 0 ? Math.min(asked, MEMORY_CEILING) : MEMORY_CEILING);
}

function execute(call: Call): ByteString {
  const { client, world } = call;
  const { queue, poisoned } = client;
  if (queue === undefined) return errorReply('ERR EXEC without MULTI');
  const broken = watchBroken(call);
  endTransaction(call);
  if (poisoned) return errorReply('EXECABORT Transaction discarded because of previous errors.');
  if (broken) return nilArray(call);
  return array(
    queue.map((argv) => {
      const db = world.databases[client.db] ?? call.db;
      return perform({ ...call, argv, db }, (argv[0] ?? '').toLowerCase());
    }),
  );
}

function perform(call: Call, name: string): ByteString {
  const { world, client } = call;
  const handler = handlerOf(name);
  if (handler === undefined) return errorReply(unknownCommand(call.argv));
  feedMonitors(call);
  const started = world.clock.monotonic();
  let reply: ByteString;
  try {
    reply = handler(call);
  } catch (error) {
    reply = replyToError(error);
  }
  world.statistics.commands++;
  client.lastCommand = name;
  const usec = Math.max(1, Math.round((world.clock.monotonic() - started) * 1_000));
  const counted = world.statistics.calls.get(name);
  if (counted === undefined) world.statistics.calls.set(name, { calls: 1, usec });
  else {
    counted.calls++;
    counted.usec += usec;
  }
  return reply;
}
