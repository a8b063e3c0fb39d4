import type { ByteString } from '../model/bytes.ts';
import type { Request } from '../wire/request-decoder.ts';
import { needsLogin } from './acl/acl.ts';
import { denial } from './acl/denial-reply.ts';
import { untilNul } from './c-string.ts';
import type { Command } from './command.ts';
import { OUT_OF_MEMORY } from './command.ts';
import { makeRoom } from './evict.ts';
import { usedMemory } from './info.ts';
import { BURDEN_CEILING, TOTAL_BURDEN_CEILING, TOTAL_CEILING } from './memory-limit.ts';
import { reachesReplicas } from './pause.ts';
import { goodReplicas } from './replication/replica.ts';
import { unknownSubcommand } from './subcommand.ts';
import { isListening } from './subscriptions.ts';
import { relieve } from './views.ts';
import type { ClientState, World } from './world.ts';

const ENDS_MULTI = new Set(['exec', 'discard']);
/** What an error message shows of the arguments, bytes. */
const PREVIEW = 128;

/**
 * Why a command is not run at all, without the minus; undefined when it is. The checks of processCommand that come
 * before the server is looked at: that there is such a command, its arguments, and who may run it.
 */
export function refusal(
  world: World,
  client: ClientState,
  request: Request,
  command: Command | undefined,
): ByteString | undefined {
  const count = request.argv.length + request.dropped;
  if (command === undefined) return unknownCommand(request.argv, world.level);
  if (command.parts.size > 0 && count > 1)
    return unknownSubcommand({ argv: request.argv, world }, command.name);
  if (command.arity > 0 ? command.arity !== count : count < -command.arity) {
    return `ERR wrong number of arguments for '${command.name}' command`;
  }
  if (world.level >= 7) {
    const closed = protectedCommand(world, client, command);
    if (closed !== undefined) return closed;
  }
  if (!client.authenticated && needsLogin(world) && !command.flags.includes('no_auth')) {
    return 'NOAUTH Authentication required.';
  }
  if (client.queue !== undefined && command.flags.includes('no_multi'))
    return 'ERR Command not allowed inside a transaction';
  if (!client.user.free) {
    const denied = denial(world, client, command, request.argv);
    if (denied !== undefined) return denied;
  }
  if (request.cut.length > 0 || request.dropped > 0) return OUT_OF_MEMORY;
  return unfit(world, client, command);
}

/** The checks that depend on how the server stands. */
function unfit(world: World, client: ClientState, command: Command): ByteString | undefined {
  const costs = command.grows || (client.queue !== undefined && !ENDS_MULTI.has(command.name));
  if (costs && isFull(world)) return OUT_OF_MEMORY;
  const { master } = world;
  const writes =
    command.writes || (client.queue !== undefined && command.name === 'exec' && queuesWrites(world, client));
  if (writes) {
    if (master === undefined) {
      if (lacksReplicas(world)) return 'NOREPLICAS Not enough good replicas to write.';
    } else if (isReadOnly(world)) return "READONLY You can't write against a read only replica.";
  }
  if (client.resp === 2 && isListening(client) && !WHILE_LISTENING.has(command.name))
    return notWhileListening(command, world.level);
  if (isStale(world) && !command.flags.includes('stale')) return MASTER_DOWN;
  // A client in MONITOR counts as a replica.
  if (
    client.monitoring &&
    world.level >= 7 &&
    (command.reads || command.writes || reachesReplicas(command.name))
  )
    return "ERR Replica can't interact with the keyspace";
  return undefined;
}

export const MASTER_DOWN = "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.";

/** A replica without its master that is not to answer with what it has. */
export function isStale({ master, config }: World): boolean {
  if (master === undefined || master.link.state === 'connected') return false;
  return (config.get('replica-serve-stale-data') ?? config.get('slave-serve-stale-data')) === 'no';
}

function queuesWrites(world: World, client: ClientState): boolean {
  return (client.queue ?? []).some(
    (argv) => world.commands.get((argv[0] ?? '').toLowerCase())?.writes === true,
  );
}

/**
 * Fewer good replicas than a write asks for: good ones have their copy, and have acknowledged lately. A limit of 0
 * turns the check off.
 */
export function lacksReplicas(world: World): boolean {
  const { config } = world;
  const least = Number(config.get('min-replicas-to-write') ?? config.get('min-slaves-to-write') ?? 0);
  const mostLag = Number(config.get('min-replicas-max-lag') ?? config.get('min-slaves-max-lag') ?? 10);
  return least > 0 && mostLag > 0 && goodReplicas(world, mostLag) < least;
}

const WHILE_LISTENING = new Set([
  'ping',
  'subscribe',
  'ssubscribe',
  'unsubscribe',
  'sunsubscribe',
  'psubscribe',
  'punsubscribe',
  'quit',
  'reset',
]);

function notWhileListening({ name }: Command, level: number): ByteString {
  const s = level >= 7 ? '(P|S)' : '(P)';
  const reset = level >= 6.2 ? ' / RESET' : '';
  return `ERR Can't execute '${name}': only ${s}SUBSCRIBE / ${s}UNSUBSCRIBE / PING / QUIT${reset} are allowed in this context`;
}

/** MODULE and DEBUG, which from 7.0 on the configuration has to allow. */
function protectedCommand(world: World, client: ClientState, { name }: Command): ByteString | undefined {
  const word = name.startsWith('module') ? 'module' : name === 'debug' ? 'debug' : undefined;
  if (word === undefined || (name !== word && !name.startsWith(`${word}|`))) return undefined;
  const option = `enable-${word}-command`;
  const allowed = world.config.get(option) ?? 'no';
  const { address } = client.origin;
  const near = address === '::1' || address.startsWith('127.');
  if (allowed === 'yes' || (allowed === 'local' && near)) return undefined;
  return `ERR ${word.toUpperCase()} command not allowed. If the ${option} option is set to "local", you can run it from a local connection, otherwise you need to set this option in the configuration file, and then restart the server.`;
}

/** Arguments are shown until 128 bytes of them are; all as C strings. Up to 6.2 in back-ticks. */
export function unknownCommand(argv: readonly ByteString[], level: number): ByteString {
  const name = untilNul(argv[0] ?? '');
  let shown = '';
  for (const argument of argv.slice(1, PREVIEW)) {
    if (shown.length >= PREVIEW) break;
    const part = untilNul(argument.slice(0, PREVIEW - shown.length));
    shown += level >= 7 ? `'${part}' ` : `\`${part}\`, `;
  }
  return level >= 7
    ? `ERR unknown command '${name.slice(0, PREVIEW)}', with args beginning with: ${shown}`
    : `ERR unknown command \`${name}\`, with args beginning with: ${shown}`;
}

export function isReadOnly(world: World): boolean {
  return world.config.get('replica-read-only') !== 'no';
}

/** Looked at again once what is past its time is gone; that is done a few times a second at most. */
export function isFull(world: World): boolean {
  if (!isOver(world)) return false;
  if (world.now - world.swept >= SWEEP_MS) {
    world.swept = world.now;
    for (const database of world.databases) database.size(world.now);
  }
  makeRoom(world, () => !isOver(world));
  // What only this group's own `maxmemory` forbids is nobody else's loss.
  if (isBrimful(world)) relieve(world, () => !isBrimful(world));
  return isOver(world);
}

/** Over what all groups together may fill. */
function isBrimful(world: World, used = usedMemory(world)): boolean {
  return used > TOTAL_CEILING || used + world.memory.burden > TOTAL_BURDEN_CEILING;
}

/** Over what this group may fill: others' keys are not its fault. */
function isOver(world: World): boolean {
  const { memory, view } = world;
  const used = usedMemory(world);
  const others = memory.bytes - (memory.shares?.get(view.group.number) ?? 0);
  // What keys cost beside is not counted by owner: a group that holds half of the bytes is taken to hold half of that.
  const burden = memory.bytes === 0 ? 0 : memory.burden * (1 - others / memory.bytes);
  return (
    used - others > world.memoryLimit || used - others + burden > BURDEN_CEILING || isBrimful(world, used)
  );
}

const SWEEP_MS = 200;
