import { createHash } from 'node:crypto';
import type { Act } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import { writtenBySync } from '../redis/written-by-sync.ts';
import type { RdbEntry } from './rdb/read-rdb.ts';
import { readRdb } from './rdb/read-rdb.ts';
import { isFull } from './refusal.ts';
import type { ClientState, World } from './world.ts';

/** What a copy may become, bytes. */
const BUDGET = 16_777_216;
/** Values and scripts of a copy that are told. */
const MOST_TOLD = 64;
const LONGEST_BODY = 65_536;

/**
 * Puts the keys of an RDB file that a master sent in place of the group's. What it holds is told as if the visitor who
 * named the master had written it. False when it is no whole RDB file.
 */
export function loadReceived(world: World, client: ClientState, content: Uint8Array): boolean {
  const rdb = readRdb(Buffer.from(content.buffer, content.byteOffset, content.byteLength), BUDGET);
  if (rdb.fault !== undefined) return false;
  world.now = world.clock.now();
  for (const { db, key, value, expires } of rdb.entries) {
    if (isFull(world)) break;
    if (expires === undefined || expires > world.now) world.databases[db]?.set(key, value, expires);
  }
  const acts = [
    ...rdb.entries.flatMap(tellValue).slice(0, MOST_TOLD),
    ...rdb.functions.slice(0, MOST_TOLD).map(tellFunction),
  ];
  for (const act of acts) client.link.session?.emit(act);
  return true;
}

/** Payloads of attacks are strings: they are to be found as text in a file. */
function tellValue({ db, key, value }: RdbEntry): Act[] {
  return value.type === 'string' ? [writtenBySync(db, key, value.text)] : [];
}

function tellFunction(body: ByteString): Act {
  return {
    type: 'redis.script',
    via: 'function-load',
    body: body.slice(0, LONGEST_BODY),
    sha1: createHash('sha1').update(body, 'latin1').digest('hex'),
  };
}
