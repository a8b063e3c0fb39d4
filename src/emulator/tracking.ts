import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import { array, bulk, bulks, integer, nullBulk, push } from '../wire/resp-reply.ts';
import type { Keyspace } from './keyspace.ts';
import { GroupKeyspace } from './keyspace.ts';
import type { View } from './views.ts';
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

/** Keys that clients of one view have read, and who did; the oldest first. */
interface ReadKeys {
  readonly readers: Map<ByteString, Set<ClientState>>;
  /** Of names and readers. */
  bytes: number;
}

/** Whom a change concerns: everybody, or only who is of this view, or only who is not. */
type Scope = 'all' | { readonly view: View; readonly inside: boolean };

interface Change {
  readonly by: ClientState | undefined;
  scope: Scope;
}

/** Who has read which key, and who wants to hear of which prefixes. As in Redis, databases are not told apart. */
export interface TrackingTable {
  /** Some client has tracking on. */
  active: boolean;
  readonly clients: Set<ClientState>;
  readonly keys: Map<View, ReadKeys>;
  /** Changed keys by prefix, until the end of the turn. */
  readonly broadcasts: Map<ByteString, Map<ByteString, Change>>;
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
    broadcasts: new Map(),
    pending: undefined,
    current: undefined,
    announced: false,
  };
}

/** Of one view. */
const MOST_KEYS = 100_000;
const MOST_BYTES = 16_777_216;
/** Of all views. */
const MOST_BYTES_OF_ALL = 67_108_864;
const READER_BYTES = 64;
/** Prefixes of all clients, each of which each key that changes is held against; and of one client. */
export const MOST_PREFIXES = 4_096;
export const MOST_PREFIXES_OF_CLIENT = 256;
const CHANNEL = '__redis__:invalidate';

/** Remembers keys that a client has read. When there are too many, the oldest are told as if they had changed. */
export function remember(world: World, client: ClientState, keys: readonly ByteString[]): void {
  const { tracking } = world;
  const own = tracking.keys.get(client.view) ?? {
    readers: new Map<ByteString, Set<ClientState>>(),
    bytes: 0,
  };
  tracking.keys.set(client.view, own);
  for (const key of keys) {
    if (key.length >= MOST_BYTES) continue;
    let readers = own.readers.get(key);
    if (readers === undefined) {
      readers = new Set();
      own.readers.set(ownedBytes(key), readers);
      own.bytes += key.length;
    }
    if (!readers.has(client)) own.bytes += READER_BYTES;
    readers.add(client);
  }
  const most = Number(world.config.get('tracking-table-max-keys') ?? 0) || MOST_KEYS;
  forgetOldest(world, own, () => own.readers.size <= Math.min(most, MOST_KEYS) && own.bytes <= MOST_BYTES);
  if (bytesOfAll(tracking) > MOST_BYTES_OF_ALL) {
    const [largest = own] = [...tracking.keys.values()].toSorted((one, other) => other.bytes - one.bytes);
    forgetOldest(world, largest, () => bytesOfAll(tracking) <= MOST_BYTES_OF_ALL);
  }
}

function bytesOfAll({ keys }: TrackingTable): number {
  let total = 0;
  for (const { bytes } of keys.values()) total += bytes;
  return total;
}

function forgetOldest(world: World, table: ReadKeys, enough: () => boolean): void {
  for (const key of table.readers.keys()) {
    if (enough()) return;
    tellReaders(world, table, key);
  }
}

/**
 * Tells who has read a key that it has changed; of a change that its group alone sees, only that group. `by`: whose
 * command changed it, in this database; undefined when its time was over.
 */
export function invalidate(world: World, by: ClientState | undefined, key: ByteString, db = by?.db): void {
  const database = db === undefined ? undefined : world.databases[db];
  const apart = by !== undefined && database instanceof GroupKeyspace && database.isApart(key);
  tellOf(world, by, key, apart ? { view: by.view, inside: true } : 'all');
}

/** Before a flush: tells the other groups of the keys that go for them too. */
export function invalidateElsewhere(world: World, by: ClientState, database: Keyspace): void {
  if (!world.tracking.active || !(database instanceof GroupKeyspace)) return;
  if (![...world.tracking.clients].some(({ view }) => view !== by.view)) return;
  for (const key of database.common.keysOf(database.group.number))
    tellOf(world, by, key, { view: by.view, inside: false });
}

const isWithin = (view: View, scope: Scope): boolean =>
  scope === 'all' || (view === scope.view) === scope.inside;

function tellOf(world: World, by: ClientState | undefined, key: ByteString, scope: Scope): void {
  const { tracking } = world;
  for (const [prefix, changed] of tracking.broadcasts) {
    if (!key.startsWith(prefix)) continue;
    noteChange(changed, by, key, scope);
    announceLater(world);
  }
  for (const [view, table] of tracking.keys) if (isWithin(view, scope)) tellReaders(world, table, key);
}

/** The last who changed a key counts. */
function noteChange(
  changed: Map<ByteString, Change>,
  by: ClientState | undefined,
  key: ByteString,
  scope: Scope,
): void {
  const before = changed.get(key)?.scope;
  if (before === undefined && changed.size >= MOST_KEYS) return;
  const same =
    before === undefined ||
    (before !== 'all' && scope !== 'all' && before.view === scope.view && before.inside === scope.inside);
  changed.set(ownedBytes(key), { by, scope: same ? scope : 'all' });
}

function tellReaders(world: World, table: ReadKeys, key: ByteString): void {
  const { tracking } = world;
  const readers = table.readers.get(key);
  if (readers === undefined) return;
  table.readers.delete(key);
  table.bytes -= key.length + READER_BYTES * readers.size;
  for (const reader of readers) {
    const own = reader.tracking;
    if (own === undefined || own.broadcast || (own.noLoop && reader === tracking.current)) continue;
    if (reader === tracking.current) laterFor(tracking, reader).push(key);
    else tell(world, reader, bulks([key]));
  }
}

/** Tells everybody of the group whose turn it is that all keys are gone (FLUSHALL, FLUSHDB). */
export function invalidateAll(world: World): void {
  const { tracking, view } = world;
  if (!tracking.active) return;
  // From 7.4 on a flush is told at once.
  for (const client of tracking.clients) {
    if (client.view !== view) continue;
    if (client === tracking.current && world.level < 7.4) laterFor(tracking, client).push(null);
    else tell(world, client, nullBulk(client.resp));
  }
  tracking.keys.delete(view);
}

/** Keys that the group whose turn it is tracks, and how many clients each. */
export function trackedKeys({ tracking, view }: World): { readonly keys: number; readonly items: number } {
  const readers = [...(tracking.keys.get(view)?.readers.values() ?? [])];
  return { keys: readers.length, items: readers.reduce((sum, { size }) => sum + size, 0) };
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
      const keys = all
        .filter(([, { by, scope }]) => isWithin(client.view, scope) && !(own.noLoop && by === client))
        .map(([key]) => key);
      if (keys.length > 0) tell(world, client, bulks(keys));
    }
  }
}

/** What a prefix costs, bytes. */
export const prefixBytes = (prefix: ByteString): number => prefix.length + 64;

function book(world: World, client: ClientState, bytes: number): void {
  client.held += bytes;
  world.held += bytes;
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
      if (!kept.has(own)) book(world, client, prefixBytes(own));
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
    book(world, client, -prefixBytes(prefix));
    if (![...tracking.clients].some((one) => one.tracking?.prefixes.has(prefix) === true))
      tracking.broadcasts.delete(prefix);
  }
  if (![...tracking.clients].some(({ view }) => view === client.view)) tracking.keys.delete(client.view);
  tracking.active = tracking.clients.size > 0;
}
