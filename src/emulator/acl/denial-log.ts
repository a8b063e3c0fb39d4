import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { clientLine } from '../client-list.ts';
import type { ClientState, World } from '../world.ts';
import { aclOf } from './acl.ts';

export type DenialReason = 'auth' | 'command' | 'key' | 'channel';
export type DenialContext = 'toplevel' | 'multi' | 'lua';

/** A line of ACL LOG: times are milliseconds since 1970 UTC. */
export interface DenialEntry {
  readonly id: number;
  readonly reason: DenialReason;
  readonly context: DenialContext;
  readonly object: ByteString;
  readonly username: ByteString;
  readonly created: number;
  updated: number;
  count: number;
  clientInfo: string;
}

/** The same again within this time is counted only. */
const GROUPED_MS = 60_000;
/** Of the latest entries, so many are looked through for the same. */
const SEARCHED = 10;
const LONGEST_NAME = 4_096;

/** Notes that a client was refused, as ACL LOG will show it. */
export function noteDenial(
  world: World,
  client: ClientState,
  denial: {
    readonly reason: DenialReason;
    readonly context: DenialContext;
    readonly object: ByteString;
    readonly username: ByteString;
  },
  argv: readonly ByteString[],
): void {
  const acl = aclOf(world);
  world.statistics.denied[denial.reason === 'command' ? 'cmd' : denial.reason]++;
  const now = world.clock.now();
  const object = ownedBytes(denial.object.slice(0, LONGEST_NAME));
  const username = ownedBytes(denial.username.slice(0, LONGEST_NAME));
  const clientInfo = clientLine(client, { client, world, now, argv });
  const same = acl.log.findIndex(
    (one, at) =>
      at < SEARCHED &&
      one.reason === denial.reason &&
      one.context === denial.context &&
      one.object === object &&
      one.username === username &&
      now - one.updated <= GROUPED_MS,
  );
  const before = acl.log[same];
  if (before !== undefined) {
    before.count++;
    before.updated = now;
    before.clientInfo = clientInfo;
    acl.log = [before, ...acl.log.filter((one) => one !== before)];
    return;
  }
  const entry = {
    ...denial,
    object,
    username,
    id: acl.nextEntry++,
    created: now,
    updated: now,
    count: 1,
    clientInfo,
  };
  const most = Math.min(Number(world.config.get('acllog-max-len') ?? 128), 128);
  acl.log = [entry, ...acl.log].slice(0, most);
}
