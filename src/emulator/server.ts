import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { RequestLimits } from '../wire/request-limits.ts';
import { errorReply } from '../wire/resp-reply.ts';
import { aclOf, defaultUser, needsLogin } from './acl/acl.ts';
import { allocatedSize } from './allocated-size.ts';
import type { Bait } from './bait/bait.ts';
import { layBait } from './bait/create-bait.ts';
import { forget } from './blocking.ts';
import type { Client, ClientLink, ClientOrigin, RedisServer } from './client.ts';
import { dispatch } from './dispatch.ts';
import { EXPIRE_MS, expireKeys, keyExpired } from './expiry.ts';
import { unwatch } from './families/transactions.ts';
import { commandTable } from './families.ts';
import { heal } from './heal.ts';
import { dropIdle, IDLE_MS } from './idle.ts';
import { usedMemory } from './info.ts';
import { closeScripts } from './lua/script-engine.ts';
import type { MasterDialler } from './master-link.ts';
import type { Persona } from './persona.ts';
import { stopSeconds } from './replication/every-second.ts';
import { sampleRates } from './statistics.ts';
import { leaveAll } from './subscriptions.ts';
import { stopTracking } from './tracking.ts';
import { enter, viewFor } from './views.ts';
import type { ClientState, World } from './world.ts';
import { createWorld, follow } from './world.ts';
import { restoreWorld, saveWorld } from './world-state.ts';

/** Bytes of one request that are kept (see RequestLimits.keep). */
const KEEP = 8_388_608;
/** A bulk string of at least this length gets all its room before it comes. */
const BIG_ARGUMENT = 32_768;
/** Its line end, and the head of a query buffer. */
const AROUND_ARGUMENT = 12;
/** Replies that a client may leave unread before it has logged in. */
const STRANGER_BYTES = 16_384;
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
  dialler?: MasterDialler | undefined;
  /** Settings of the operator, by name: a password for a start. */
  settings?: ReadonlyMap<string, string> | undefined;
  /** What `save` of an earlier one told. */
  restore?: readonly string[] | undefined;
  /** Keys that it begins with when there is nothing to restore. */
  bait?: Bait | undefined;
}): RedisServer {
  const { restore, bait } = options;
  const world = createWorld(options, commandTable(options.persona));
  if (restore !== undefined) restoreWorld(world, restore);
  else if (bait !== undefined) layBait(world, bait);
  world.expiry.tell = (db, key) => keyExpired(world, db, key);
  const cycle = setInterval(() => expireKeys(world), EXPIRE_MS).unref();
  const patrol = setInterval(() => dropIdle(world), IDLE_MS).unref();
  world.loadedKeys = world.commons.reduce((total, { entries }) => total + entries.size, 0);
  // The first two are the server's own.
  let nextId = 3;
  return {
    connect: (origin, link) => {
      const view = viewFor(world, origin.address);
      enter(world, view);
      heal(world);
      // A visitor who lowers `maxclients` shuts out its own group only.
      const allowed = Math.min(world.maxClients, Number(world.config.get('maxclients') ?? world.maxClients));
      if (world.clients.size >= world.maxClients || view.clients >= allowed) {
        world.statistics.rejected++;
        return undefined;
      }
      return createClient(world, nextId++, origin, link);
    },
    refusal: errorReply('ERR max number of clients reached'),
    setting: (name) => world.config.get(name),
    save: () => saveWorld(world),
    close: () => {
      clearInterval(cycle);
      clearInterval(patrol);
      closeScripts(world);
      stopSeconds(world);
      for (const view of world.views.values()) view.own.master?.leave();
      follow(world, undefined);
      for (const client of world.clients.values()) forget(world, client);
      world.clients.clear();
    },
  };
}

function createClient(world: World, id: number, origin: ClientOrigin, link: ClientLink): Client {
  const now = world.clock.now();
  const view = viewFor(world, origin.address);
  view.clients++;
  view.seen = now;
  enter(world, view);
  const fd = world.freeFds.pop() ?? FIRST_FD + world.clients.size;
  const user = defaultUser(aclOf(world));
  const state: ClientState = {
    id,
    fd,
    view,
    origin,
    link,
    since: now,
    lastSeen: now,
    lastCommand: undefined,
    lastWords: 0,
    lastPart: undefined,
    name: '',
    db: 0,
    resp: 2,
    user,
    authenticated: user.noPassword && user.enabled,
    closing: false,
    aborted: false,
    blocked: false,
    waiting: undefined,
    monitoring: false,
    replies: 'on',
    queue: undefined,
    held: 0,
    transacted: false,
    poisoned: false,
    watched: new Map(),
    channels: new Set(),
    patterns: new Set(),
    shardChannels: new Set(),
    tracking: undefined,
    noEvict: false,
    noTouch: false,
    importSource: false,
    libraryName: '',
    libraryVersion: '',
    capabilities: '',
    bytesIn: 0,
    bytesOut: 0,
    commands: 0,
  };
  world.clients.set(id, state);
  world.statistics.connections++;
  const bulk = Number(world.config.get('proto-max-bulk-len') ?? 536_870_912);
  const limits = (unauthenticated: boolean): RequestLimits => ({
    maxArguments: world.level < 7 ? 1_048_576 : 2_147_483_647,
    maxBulk: bulk,
    maxInline: 65_536,
    unauthenticated,
    keep: KEEP,
  });
  let began = 0;
  /** Bytes of replies to somebody who has not logged in, in this turn; Debian's servers bound them since CVE-2025-21605. */
  let unread = 0;
  const bounded = world.level >= 7;
  let promised = 0;
  const [open, locked] = [limits(false), limits(true)];
  return {
    id,
    standing: state,
    limits: () => (state.authenticated || !needsLogin(world) ? open : locked),
    begin: () => {
      enter(world, view);
      world.now = world.clock.now();
      world.ticks = world.clock.monotonic();
      sampleRates(world, world.now);
      state.lastSeen = world.now;
      began = world.ticks;
      unread = 0;
    },
    spentMs: () => world.ticks - began,
    run: (request) => {
      const silent = state.replies;
      // Another one's turn may have come in between: somebody who was woken.
      enter(world, view);
      const reply = dispatch(world, state, request);
      enter(world, view);
      if (!state.authenticated && bounded) {
        unread += reply.length;
        if (unread > STRANGER_BYTES) {
          state.closing = true;
          state.aborted = true;
          return '';
        }
      }
      if (silent === 'on' || state.replies === 'on') return reply;
      if (silent === 'skip' && state.replies === 'skip') state.replies = 'on';
      return '';
    },
    fault: ({ message }) => {
      state.closing = true;
      return errorReply(`ERR Protocol error: ${message}`);
    },
    account: (bytesIn, bytesOut, announced = 0) => {
      const room = announced < BIG_ARGUMENT ? 0 : allocatedSize(announced + AROUND_ARGUMENT);
      if (room !== promised) {
        world.promised += room - promised;
        promised = room;
        usedMemory(world);
      }
      world.statistics.bytesIn += bytesIn;
      world.statistics.bytesOut += bytesOut;
      if (bytesIn > 0) world.statistics.reads++;
      if (bytesOut > 0) world.statistics.writes++;
      state.bytesIn += bytesIn;
      state.bytesOut += bytesOut;
    },
    disconnect: () => {
      if (world.clients.delete(id)) world.freeFds.push(fd);
      else return;
      view.clients--;
      view.seen = world.clock.now();
      enter(world, view);
      world.promised -= promised;
      promised = 0;
      forget(world, state);
      world.monitors.delete(state);
      leaveAll(world, state);
      unwatch(world, state);
      stopTracking(world, state);
      world.held -= state.held;
      state.held = 0;
    },
  };
}
