import { ownedBytes } from '../../model/bytes.ts';
import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer, set } from '../../wire/resp-reply.ts';
import { argument, fail, integerArgument, nil, no, SYNTAX, touched, valueOf, yes } from '../command.ts';
import type { Call, Family } from '../command.ts';
import { itemBytes } from '../keyspace.ts';
import { scanPage } from '../scan-page.ts';

function membersOf(call: Call, key = argument(call, 1)): Set<ByteString> {
  return valueOf(call, key, 'set')?.members ?? new Set<ByteString>();
}

function add(call: Call, key: ByteString, items: readonly ByteString[]): number {
  const value = valueOf(call, key, 'set');
  const members = value?.members ?? new Set<ByteString>();
  const fresh = [...new Set(items)].filter((item) => !members.has(item)).map(ownedBytes);
  for (const item of fresh) members.add(item);
  if (value === undefined) call.db.set(key, { type: 'set', members });
  else call.db.changed(key, itemBytes(fresh));
  if (fresh.length > 0) touched(call, key, fresh.length);
  return fresh.length;
}

function remove(call: Call, key: ByteString, items: readonly ByteString[]): number {
  const members = membersOf(call, key);
  const gone = items.filter((item) => members.delete(item));
  if (gone.length > 0) {
    call.db.changed(key, -itemBytes(gone));
    touched(call, key, gone.length);
  }
  return gone.length;
}

function pick(call: Call): ByteString[] {
  const members = [...membersOf(call)];
  if (call.argv.length > 3) fail(SYNTAX);
  if (call.argv.length === 2) return members.length === 0 ? [] : [members[call.world.random.below(members.length)] ?? ''];
  const count = integerArgument(argument(call, 2));
  return members.slice(0, Math.abs(count));
}

type Combine = (first: Set<ByteString>, second: Set<ByteString>) => Set<ByteString>;
const COMBINE: Readonly<Record<string, Combine>> = {
  sinter: (first, second) => first.intersection(second),
  sunion: (first, second) => first.union(second),
  sdiff: (first, second) => first.difference(second),
};

function combine(call: Call, name: string, keys: readonly ByteString[]): Set<ByteString> {
  const sets = keys.map((key) => membersOf(call, key));
  const how = COMBINE[name];
  return how === undefined ? new Set() : sets.reduce(how);
}

function combineInto(name: string) {
  return (call: Call): ByteString => {
    const key = argument(call, 1);
    const members = new Set(combine(call, name, call.argv.slice(2)));
    call.db.delete(key, call.now);
    if (members.size > 0) call.db.set(key, { type: 'set', members });
    touched(call, key);
    return integer(members.size);
  };
}

const combined = (name: string) => (call: Call): ByteString =>
  set([...combine(call, name, call.argv.slice(1))].map(bulk), call.client.resp);

export const sets: Family = {
  sadd: (call) => integer(add(call, argument(call, 1), call.argv.slice(2))),
  srem: (call) => integer(remove(call, argument(call, 1), call.argv.slice(2))),
  scard: (call) => integer(membersOf(call).size),
  sismember: (call) => (membersOf(call).has(argument(call, 2)) ? yes : no),
  smembers: (call) => set([...membersOf(call)].map(bulk), call.client.resp),
  srandmember: (call) => {
    const found = pick(call);
    return call.argv.length === 2 ? single(call, found) : `*${found.length}\r\n${found.map(bulk).join('')}`;
  },
  spop: (call) => {
    const found = pick(call);
    remove(call, argument(call, 1), found);
    return call.argv.length === 2 ? single(call, found) : set(found.map(bulk), call.client.resp);
  },
  smove: (call) => {
    const item = argument(call, 3);
    valueOf(call, argument(call, 2), 'set');
    if (remove(call, argument(call, 1), [item]) === 0) return no;
    add(call, argument(call, 2), [item]);
    return yes;
  },
  sinter: combined('sinter'),
  sunion: combined('sunion'),
  sdiff: combined('sdiff'),
  sinterstore: combineInto('sinter'),
  sunionstore: combineInto('sunion'),
  sdiffstore: combineInto('sdiff'),
  sscan: (call) => scanPage(call, [...membersOf(call)].map((member) => [member])),
};

function single(call: Call, [item]: readonly ByteString[]): ByteString {
  return item === undefined ? nil(call) : bulk(item);
}
