import type { ByteString } from '../../model/bytes.ts';
import { bulks } from '../../wire/resp-reply.ts';
import type { Call, Command } from '../command.ts';
import { since } from '../version.ts';
import type { ClientState, World } from '../world.ts';
import type { Replica, Stream } from './replica.ts';
import { liveReplicas, noteWritten, replicaOf, streamOf } from './replica.ts';
import { rewritten } from './rewrite.ts';

/** The stream that may wait for a replica, bytes; beyond it the replica goes, as by an output limit. */
const MOST_WAITING = 8_388_608;
/** Writes of one command, transaction or script; with more the replicas have to begin anew. */
const MOST_WRITES = 100_000;

/** Commands that stand for what they run. */
const OUTER = /^(exec|eval|evalsha|fcall)(_ro)?$/;
const ALWAYS = new Set(['publish', 'spublish']);
/** Up to 6.0 replicas get scripts too. */
const SCRIPTS = new Set(['script|flush', 'script|load']);

/** To be called after a command while there is a stream; `before` is the world's count of changes as it was then. */
export function recordWrite(call: Call, command: Command, reply: ByteString, before: number): void {
  const { world, client } = call;
  if (replicaOf(client) !== undefined) silence(call, reply);
  const { name } = command;
  if (OUTER.test(name)) return;
  const stream = streamOf(world);
  if (stream.backlog === undefined || reply.startsWith('-')) return;
  const changed = command.writes && world.dirty > before;
  const told = name === 'script' ? `script|${(call.argv[1] ?? '').toLowerCase()}` : name;
  if (!changed && !ALWAYS.has(name) && (since(call, 7) || !SCRIPTS.has(told))) return;
  if (stream.writes.length >= MOST_WRITES) return dropAll(world);
  for (const argv of rewritten(call, name, reply)) stream.writes.push({ db: client.db, argv });
}

/** From 7.0 on a replica that is owed a reply is hung up on. */
function silence(call: Call, reply: ByteString): void {
  if (reply === '' || !since(call, 7) || /^p?sync$/i.test(call.argv[0] ?? '')) return;
  call.client.closing = true;
  call.client.aborted = true;
}

/** To be called when a client's command, transaction or script is over, with the name of it. */
export function flushWrites(world: World, client: ClientState, name: string): void {
  const stream = streamOf(world);
  const { writes } = stream;
  if (writes.length === 0) return;
  const together = writes.length > 1 || (OUTER.test(name) && !since({ world }, 7));
  const db = writes[0]?.db ?? 0;
  if (together) feed(world, ['MULTI'], db);
  for (const { argv, db: own } of writes) feed(world, argv, own);
  if (together) feed(world, ['EXEC'], undefined);
  writes.length = 0;
  noteWritten(client, stream.offset);
}

/** Adds a command to the stream; `db` undefined when it does not matter. */
export function feed(world: World, argv: readonly ByteString[], db: number | undefined): void {
  const stream = streamOf(world);
  if (stream.backlog === undefined) return;
  let bytes = bulks(argv);
  if (db !== undefined && db !== stream.selected) {
    stream.selected = db;
    bytes = bulks(['SELECT', String(db)]) + bytes;
  }
  append(world, stream, bytes);
}

function append(world: World, stream: Stream, bytes: ByteString): void {
  stream.offset += bytes.length;
  stream.backlog?.add(bytes);
  for (const replica of liveReplicas(world)) send(replica, bytes);
}

function send(replica: Replica, bytes: ByteString): void {
  if (replica.state === 'wait_bgsave') return;
  if (replica.waiting === undefined) {
    replica.client.link.send(bytes);
    return;
  }
  replica.waiting.push(bytes);
  replica.waitingBytes += bytes.length;
  if (replica.waitingBytes > MOST_WAITING) replica.client.link.close();
}

function dropAll(world: World): void {
  const stream = streamOf(world);
  stream.writes.length = 0;
  for (const replica of liveReplicas(world)) replica.client.link.close();
}

/** A key whose time is over is deleted at the replicas as well. */
export function feedExpired(world: World, db: number, key: ByteString): void {
  const lazy = world.config.get('lazyfree-lazy-expire') === 'yes';
  feed(world, [lazy ? 'UNLINK' : 'DEL', key], db);
}

/** The same as `recordWrite` for a client that has waited until now. */
export function recordLate(call: Call, reply: ByteString, before: number): void {
  const { world, client, argv } = call;
  const command = world.commands.get((argv[0] ?? '').toLowerCase());
  if (command === undefined) return;
  recordWrite(call, command, reply, before);
  flushWrites(world, client, command.name);
}
