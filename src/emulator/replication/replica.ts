import type { ByteString } from '../../model/bytes.ts';
import type { View } from '../views.ts';
import type { ClientState, World } from '../world.ts';
import type { Backlog } from './backlog.ts';

/** A client that has asked for a copy of the data, as INFO tells of it. */
export interface Replica {
  readonly client: ClientState;
  state: 'wait_bgsave' | 'send_bulk' | 'online';
  /** Asked by PSYNC, not by SYNC. */
  readonly answers: boolean;
  /** The copy ends with a mark instead of being told its length. */
  readonly diskless: boolean;
  readonly since: number;
  /** Parts of the stream that have to wait for the copy, or for the first acknowledgement behind it. */
  waiting: ByteString[] | undefined;
  waitingBytes: number;
  acknowledged: number;
  acknowledgedAt: number;
}

/** What a client has said by REPLCONF. */
export interface Introduction {
  port: number;
  address: ByteString;
  eof: boolean;
  psync2: boolean;
  copyOnly: boolean;
}

/** The stream of one group's writes. It begins with the first replica. */
export interface Stream {
  /** Bytes of it so far. */
  offset: number;
  backlog: Backlog | undefined;
  readonly replicas: Set<Replica>;
  /** The database that the stream has selected. */
  selected: number | undefined;
  /** What the command at hand has to add, with the database. */
  readonly writes: { readonly db: number; readonly argv: readonly ByteString[] }[];
  /** Clients in WAIT: called when a replica has acknowledged something. */
  readonly waiting: Set<() => void>;
  timer: NodeJS.Timeout | undefined;
  seconds: number;
  /** Milliseconds since 1970 UTC of the last replica. */
  usedAt: number;
}

const streams = new WeakMap<View, Stream>();
const introductions = new WeakMap<ClientState, Introduction>();
const replicas = new WeakMap<ClientState, Replica>();
/** The offset at the end of a client's last write. */
const written = new WeakMap<ClientState, number>();

/** Of the group that has its turn. */
export function streamOf({ view }: World): Stream {
  const known = streams.get(view);
  if (known !== undefined) return known;
  const stream: Stream = {
    offset: 0,
    backlog: undefined,
    replicas: new Set(),
    selected: undefined,
    writes: [],
    waiting: new Set(),
    timer: undefined,
    seconds: 0,
    usedAt: 0,
  };
  streams.set(view, stream);
  return stream;
}

export function introductionOf(client: ClientState): Introduction {
  const known = introductions.get(client);
  if (known !== undefined) return known;
  const fresh: Introduction = { port: 0, address: '', eof: false, psync2: false, copyOnly: false };
  introductions.set(client, fresh);
  return fresh;
}

export function replicaOf(client: ClientState): Replica | undefined {
  return replicas.get(client);
}

export function addReplica(world: World, replica: Replica): void {
  const stream = streamOf(world);
  stream.replicas.add(replica);
  stream.usedAt = world.now;
  replicas.set(replica.client, replica);
}

/** Replicas whose connections are open; the others are forgotten. */
export function liveReplicas(world: World, stream = streamOf(world)): readonly Replica[] {
  const { replicas: all } = stream;
  for (const replica of all) if (!world.clients.has(replica.client.id)) all.delete(replica);
  return [...all];
}

/** Whole seconds since a replica that has its copy acknowledged anything. */
export function lagOf({ clock }: World, { acknowledgedAt }: Replica): number {
  return Math.trunc((clock.now() - acknowledgedAt) / 1_000);
}

/** How many have their copy and lag by so many seconds at most. */
export function goodReplicas(world: World, mostLag: number): number {
  return liveReplicas(world).filter(
    (replica) => replica.state === 'online' && lagOf(world, replica) <= mostLag,
  ).length;
}

export function writtenBy(client: ClientState): number {
  return written.get(client) ?? 0;
}

export function noteWritten(client: ClientState, offset: number): void {
  written.set(client, offset);
}

/** Sends what has waited for the copy; from now on the stream goes out at once. */
export function releaseStream(replica: Replica): void {
  const bytes = replica.waiting?.join('') ?? '';
  replica.waiting = undefined;
  replica.waitingBytes = 0;
  if (bytes !== '') replica.client.link.send(bytes);
}
