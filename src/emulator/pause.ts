import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { Request } from '../wire/request-decoder.ts';
import type { Command } from './command.ts';
import { letGo } from './let-go.ts';
import { enter } from './views.ts';
import type { ClientState, World } from './world.ts';

/** CLIENT PAUSE: commands of a group of visitors wait. */
export interface Pause {
  kind: 'write' | 'all';
  /** Milliseconds since 1970 UTC. */
  until: number;
  timer: NodeJS.Timeout | undefined;
  readonly waiting: { readonly client: ClientState; readonly go: () => ByteString }[];
}

/** However long a visitor asks for: a pause must not blind the sensor to its group for the rest of the day. */
const LONGEST_MS = 5_000;
/** Commands that are no writes and still reach replicas. */
const REPLICATED = new Set(['publish', 'spublish', 'pfcount', 'eval', 'evalsha', 'fcall']);
/** What `may_replicate` says of a command, which COMMAND does not tell. */
export const reachesReplicas = (name: string): boolean => REPLICATED.has(name);

/** Pauses, or goes on pausing: the later end and the stricter kind count. */
export function pause(world: World, kind: Pause['kind'], ms: number): void {
  const until = world.clock.now() + Math.min(ms, LONGEST_MS);
  const now = world.pause ?? { kind, until, timer: undefined, waiting: [] };
  if (kind === 'all') now.kind = kind;
  now.until = Math.max(now.until, until);
  world.pause = now;
  clearTimeout(now.timer);
  const { view } = world;
  now.timer = setTimeout(
    () => {
      enter(world, view);
      unpause(world);
    },
    Math.min(LONGEST_MS, Math.max(0, now.until - world.clock.now())),
  ).unref();
}

/** Lets everybody go on, with what they have sent meanwhile. */
export function unpause(world: World): void {
  const over = world.pause;
  if (over === undefined) return;
  clearTimeout(over.timer);
  world.pause = undefined;
  for (const { client, go } of over.waiting) letGo(world, client, go);
}

/** Puts a request aside while commands of its kind are paused; false when they are not. */
export function postpone(
  world: World,
  client: ClientState,
  request: Request,
  command: Command | undefined,
  again: (world: World, client: ClientState, request: Request) => ByteString,
): boolean {
  const { pause: now } = world;
  if (now === undefined) return false;
  if (now.kind === 'write' && !mayWrite(world, client, command)) return false;
  const kept = { ...request, argv: request.argv.map(ownedBytes) };
  now.waiting.push({ client, go: () => again(world, client, kept) });
  client.blocked = true;
  return true;
}

function mayWrite(world: World, client: ClientState, command: Command | undefined): boolean {
  if (command === undefined) return false;
  if (command.writes || REPLICATED.has(command.name)) return true;
  if (command.name !== 'exec') return false;
  return (client.queue ?? []).some((argv) => {
    const queued = world.commands.get((argv[0] ?? '').toLowerCase());
    return queued !== undefined && (queued.writes || REPLICATED.has(queued.name));
  });
}
