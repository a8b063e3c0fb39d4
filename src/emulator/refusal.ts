import type { ByteString } from '../model/bytes.ts';
import type { Request } from '../wire/request-decoder.ts';
import type { Command } from './command.ts';
import { OUT_OF_MEMORY } from './command.ts';
import { usedMemory } from './info.ts';
import type { ClientState, World } from './world.ts';
import { BURDEN_CEILING } from './world.ts';

const NO_LOGIN_NEEDED = new Set(['auth', 'hello']);
const WHILE_SUBSCRIBED = new Set(['subscribe', 'unsubscribe', 'psubscribe', 'punsubscribe', 'ping', 'quit']);
const ENDS_MULTI = new Set(['exec', 'discard']);
/** What an error message shows of the arguments, bytes. */
const PREVIEW = 128;

/** Why a command is not run at all, without the minus; undefined when it is. */
export function refusal(
  world: World,
  client: ClientState,
  request: Request,
  name: string,
  command: Command | undefined,
): ByteString | undefined {
  const count = request.argv.length + request.dropped;
  if (command === undefined) return unknownCommand(request.argv);
  if (command.arity > 0 ? command.arity !== count : count < -command.arity) {
    return `ERR wrong number of arguments for '${command.name}' command`;
  }
  if (!client.authenticated && !NO_LOGIN_NEEDED.has(name)) return 'NOAUTH Authentication required.';
  if (request.cut.length > 0 || request.dropped > 0) return OUT_OF_MEMORY;
  const costs = command.grows || (client.queue !== undefined && !ENDS_MULTI.has(name));
  if (costs && isFull(world)) return OUT_OF_MEMORY;
  if (world.master !== undefined && command.writes && isReadOnly(world)) {
    return "READONLY You can't write against a read only replica.";
  }
  const subscribed = client.channels.size + client.patterns.size > 0;
  if (subscribed && client.resp === 2 && !WHILE_SUBSCRIBED.has(name)) {
    return `ERR Can't execute '${command.name}': only (P)SUBSCRIBE / (P)UNSUBSCRIBE / PING / QUIT are allowed in this context`;
  }
  return undefined;
}

/** The 6.0 wording: back-ticks, and arguments until 128 bytes of them are shown; all as C strings. */
export function unknownCommand(argv: readonly ByteString[]): ByteString {
  let shown = '';
  for (const argument of argv.slice(1, PREVIEW)) {
    if (shown.length >= PREVIEW) break;
    shown += `\`${untilNul(argument.slice(0, PREVIEW - shown.length))}\`, `;
  }
  return `ERR unknown command \`${untilNul(argv[0] ?? '')}\`, with args beginning with: ${shown}`;
}

function isReadOnly(world: World): boolean {
  return world.config.get('replica-read-only') !== 'no';
}

/** Looked at again once what is past its time is gone; that is done a few times a second at most. */
function isFull(world: World): boolean {
  if (!isOver(world)) return false;
  if (world.now - world.swept >= SWEEP_MS) {
    world.swept = world.now;
    for (const database of world.databases) database.size(world.now);
  }
  return isOver(world);
}

function isOver(world: World): boolean {
  const used = usedMemory(world);
  return used > world.memoryLimit || used + world.memory.burden > BURDEN_CEILING;
}

const SWEEP_MS = 200;

const untilNul = (text: ByteString): ByteString => {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
};
