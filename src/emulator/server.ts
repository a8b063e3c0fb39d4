import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { RequestLimits } from '../wire/request-limits.ts';
import { errorReply } from '../wire/resp-reply.ts';
import type { Client, ClientLink, ClientOrigin, RedisServer } from './client.ts';
import { dispatch } from './dispatch.ts';
import { commandTable } from './families.ts';
import { heal } from './heal.ts';
import type { Persona } from './persona.ts';
import type { ClientState, World } from './world.ts';
import { createWorld } from './world.ts';

/** Bytes of one request that are kept (see RequestLimits.keep). */
const KEEP = 8_388_608;
/** Of the first client of a server that listens, logs and polls. */
const FIRST_FD = 7;

export function createRedisServer(options: {
  persona: Persona;
  clock: Clock;
  random: Random;
  /** The port that INFO and CONFIG GET tell. */
  port: number;
  /** Connections it takes at one time, whatever a visitor sets. */
  maxClients: number;
}): RedisServer {
  const world = createWorld(options, commandTable(options.persona));
  let nextId = 3 + options.random.below(4_000);
  return {
    connect: (origin, link) => {
      heal(world);
      if (world.clients.size >= world.maxClients) {
        world.statistics.rejected++;
        return undefined;
      }
      return createClient(world, nextId++, origin, link);
    },
    refusal: errorReply('ERR max number of clients reached'),
    setting: (name) => world.config.get(name),
    close: () => world.clients.clear(),
  };
}

function createClient(world: World, id: number, origin: ClientOrigin, link: ClientLink): Client {
  const now = world.clock.now();
  const fd = world.freeFds.pop() ?? FIRST_FD + world.clients.size;
  const state: ClientState = {
    id,
    fd,
    origin,
    link,
    since: now,
    lastSeen: now,
    lastCommand: undefined,
    name: '',
    db: 0,
    resp: 2,
    authenticated: (world.config.get('requirepass') ?? '') === '',
    closing: false,
    aborted: false,
    blocked: false,
    monitoring: false,
    replies: 'on',
    queue: undefined,
    held: 0,
    poisoned: false,
    watched: new Map(),
    channels: new Set(),
    patterns: new Set(),
  };
  world.clients.set(id, state);
  world.statistics.connections++;
  const bulk = Number(world.config.get('proto-max-bulk-len') ?? 536_870_912);
  const limits = (unauthenticated: boolean): RequestLimits => ({
    maxArguments: 1_048_576,
    maxBulk: bulk,
    maxInline: 65_536,
    unauthenticated,
    keep: KEEP,
  });
  let began = 0;
  const [open, locked] = [limits(false), limits(true)];
  return {
    id,
    standing: state,
    limits: () => (state.authenticated ? open : locked),
    begin: () => {
      world.now = world.clock.now();
      world.ticks = world.clock.monotonic();
      state.lastSeen = world.now;
      began = world.ticks;
    },
    spentMs: () => world.ticks - began,
    run: (request) => {
      const silent = state.replies;
      const reply = dispatch(world, state, request);
      if (silent === 'on' || state.replies === 'on') return reply;
      if (silent === 'skip' && state.replies === 'skip') state.replies = 'on';
      return '';
    },
    fault: ({ message }) => {
      state.closing = true;
      return errorReply(`ERR Protocol error: ${message}`);
    },
    account: (bytesIn, bytesOut) => {
      world.statistics.bytesIn += bytesIn;
      world.statistics.bytesOut += bytesOut;
      if (bytesIn > 0) world.statistics.reads++;
      if (bytesOut > 0) world.statistics.writes++;
    },
    disconnect: () => {
      if (world.clients.delete(id)) world.freeFds.push(fd);
      world.monitors.delete(state);
      world.held -= state.held;
      state.held = 0;
    },
  };
}
