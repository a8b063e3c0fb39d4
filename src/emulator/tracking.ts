import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import { array, bulk, bulks, integer, nullBulk, push } from '../wire/resp-reply.ts';
import type { ClientState, World } from './world.ts';

/** What CLIENT TRACKING set for a connection. */
export interface ClientTracking {
  /** Id of the client that is told instead, 0 for none. */
  redirect: number;
  /** That client is gone. */
  broken: boolean;
  broadcast: boolean;
  /** Read keys count only after CLIENT CACHING yes, or not after CLIENT CACHING no. */
  choice: 'in' | 'out' | undefined;
  noLoop: boolean;
  /** CLIENT CACHING, for the next command. */
  caching: boolean;
  readonly prefixes: Set<ByteString>;
}

/** Who has read which key, and who wants to hear of which prefixes. As in Redis, databases are not told apart. */
export interface TrackingTable {
  /** Some client has tracking on. */
  active: boolean;
  readonly clients: Set<ClientState>;
  readonly keys: Map<ByteString, Set<ClientState>>;
  /** Bytes of their names. */
  bytes: number;
  /** Changed keys by prefix and who changed them, until the end of the turn. */
  readonly broadcasts: Map<ByteString, Map<ByteString, ClientState | undefined>>;
  /** What the client whose command runs is to hear itself: before the reply up to 6.2, behind it later; null: a flush. */
  pending: { readonly client: ClientState; readonly keys: (ByteString | null)[] } | undefined;
  /** The client whose command runs. */
  current: ClientState | undefined;
  announced: boolean;
}

export function newTrackingTable(): TrackingTable {
  return {
    active: false,
    clients: new Set(),
    keys: new Map(),
    bytes: 0,
    broadcasts: new Map(),
    pending: undefined,
    current: undefined,
    announced: false,
  };
}

const MOST_KEYS = 100_000;
const MOST_BYTES = 16_777_216;
/** Prefixes of all clients: each key that changes is held against each. */
export const MOST_PREFIXES = 1_024;
const CHANNEL = '__redis__:invalidate';

/** Remembers keys that a client has read. When there are too many, the oldest are told as if they had changed. */
export function remember(world: World, client: ClientState, keys: readonly ByteString[]): void {
  const { tracking } = world;
  for (const key of keys) {
    const readers = tracking.keys.get(key);
    if (readers !== undefined) readers.add(client);
    else if (key.length < MOST_BYTES) {
      tracking.keys.set(ownedBytes(key), new Set([client]));
      tracking.bytes += key.length;
    }
  }
  const most = Number(world.config.get('tracking-table-max-keys') ?? 0) || MOST_KEYS;
  for (const [key, readers] of tracking.keys) {
    if (tracking.keys.size <= Math.min(most, MOST_KEYS) && tracking.bytes <= MOST_BYTES) return;
    tellReaders(world, key, readers);
  }
}

/** Tells who has read a key that it has changed. `by`: whose command changed it. */
export function invalidate(world: World, by: ClientState | undefined, key: ByteString): void {
  const { tracking } = world;
  for (const [prefix, changed] of tracking.broadcasts) {
    if (!key.startsWith(prefix)) continue;
    if (changed.size < MOST_KEYS) changed.set(ownedBytes(key), by);
    announceLater(world);
  }
  const readers = tracking.keys.get(key);
  if (readers !== undefined) tellReaders(world, key, readers);
}

function tellReaders(world: World, key: ByteString, readers: ReadonlySet<ClientState>): void {
  const { tracking } = world;
  tracking.keys.delete(key);
  tracking.bytes -= key.length;
  for (const reader of readers) {
    const own = reader.tracking;
    if (own === undefined || own.broadcast || (own.noLoop && reader === tracking.current)) continue;
    if (reader === tracking.current) laterFor(tracking, reader).push(key);
    else tell(world, reader, bulks([key]));
  }
}

/** Tells everybody that all keys are gone (FLUSHALL, FLUSHDB). */
export function invalidateAll(world: World): void {
  const { tracking } = world;
  if (!tracking.active) return;
  // From 7.4 on a flush is told at once.
  for (const client of tracking.clients) {
    if (client === tracking.current && world.level < 7.4) laterFor(tracking, client).push(null);
    else tell(world, client, nullBulk(client.resp));
  }
  forgetKeys(tracking);
}

function forgetKeys(tracking: TrackingTable): void {
  tracking.keys.clear();
  tracking.bytes = 0;
}

function laterFor(tracking: TrackingTable, client: ClientState): (ByteString | null)[] {
  tracking.pending ??= { client, keys: [] };
  return tracking.pending.keys;
}

/** Sends what the client whose command has ended is to hear; returns what goes to itself, beside its reply. */
export function takePending(world: World): ByteString {
  const { pending } = world.tracking;
  if (pending === undefined) return '';
  world.tracking.pending = undefined;
  const { client, keys } = pending;
  let own = '';
  for (const key of keys) {
    own += tell(world, client, key === null ? nullBulk(client.resp) : bulks([key]), true);
  }
  return own;
}

/** Sends one message for the keys of a client; with `behind` what it is to get itself is returned, not sent. */
function tell(world: World, client: ClientState, what: ByteString, behind = false): ByteString {
  const own = client.tracking;
  let to = client;
  if (own !== undefined && own.redirect !== 0) {
    const other = world.clients.get(own.redirect);
    if (other === undefined) {
      own.broken = true;
      const lost = push([bulk('tracking-redir-broken'), integer(own.redirect)], 3);
      if (client.resp === 3 && !behind) client.link.send(lost);
      return client.resp === 3 && behind ? lost : '';
    }
    to = other;
  }
  let message = '';
  if (to.resp === 3) message = push([bulk('invalidate'), what], 3);
  else if (to !== client && isSubscribed(to)) message = array([bulk('message'), bulk(CHANNEL), what]);
  if (message === '') return '';
  if (to === client && behind) return message;
  to.link.send(message);
  return '';
}

const isSubscribed = (client: ClientState): boolean =>
  client.channels.size + client.patterns.size + client.shardChannels.size > 0;

function announceLater(world: World): void {
  const { tracking } = world;
  if (tracking.announced) return;
  tracking.announced = true;
  queueMicrotask(() => {
    tracking.announced = false;
    announce(world);
  });
}

/** One message a prefix and client, with all keys that were changed since the last turn. */
function announce(world: World): void {
  const { tracking } = world;
  const prefixes = [...tracking.broadcasts].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [prefix, changed] of prefixes) {
    if (changed.size === 0) continue;
    const all = [...changed].toSorted(([one], [other]) => (one < other ? -1 : 1));
    changed.clear();
    for (const client of tracking.clients) {
      const own = client.tracking;
      if (own?.broadcast !== true || !own.prefixes.has(prefix)) continue;
      const keys = all.filter(([, by]) => !(own.noLoop && by === client)).map(([key]) => key);
      if (keys.length > 0) tell(world, client, bulks(keys));
    }
  }
}

/** Starts to track, or goes on with other options. */
export function startTracking(
  world: World,
  client: ClientState,
  options: Omit<ClientTracking, 'broken' | 'caching' | 'prefixes'>,
  prefixes: readonly ByteString[],
): void {
  const { tracking } = world;
  const kept = client.tracking?.prefixes ?? new Set<ByteString>();
  if (options.broadcast) {
    for (const prefix of prefixes.length > 0 || kept.size > 0 ? prefixes : ['']) {
      const own = ownedBytes(prefix);
      kept.add(own);
      if (!tracking.broadcasts.has(own)) tracking.broadcasts.set(own, new Map());
    }
  }
  client.tracking = { ...options, broken: false, caching: false, prefixes: kept };
  tracking.clients.add(client);
  tracking.active = true;
}

export function stopTracking(world: World, client: ClientState): void {
  const { tracking } = world;
  const own = client.tracking;
  if (own === undefined) return;
  client.tracking = undefined;
  tracking.clients.delete(client);
  if (tracking.pending?.client === client) tracking.pending = undefined;
  for (const prefix of own.prefixes) {
    if (![...tracking.clients].some((one) => one.tracking?.prefixes.has(prefix) === true))
      tracking.broadcasts.delete(prefix);
  }
  if (tracking.clients.size > 0) return;
  tracking.active = false;
  forgetKeys(tracking);
}
