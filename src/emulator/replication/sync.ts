import type { ByteString } from '../../model/bytes.ts';
import { simpleString } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail } from '../command.ts';
import { linkState } from '../master-link.ts';
import { since } from '../version.ts';
import type { World } from '../world.ts';
import { createBacklog } from './backlog.ts';
import { announcement, mayCopy, sendCopy } from './copy.ts';
import { startSeconds } from './every-second.ts';
import type { Replica } from './replica.ts';
import { addReplica, introductionOf, replicaOf, streamOf } from './replica.ts';

/** As much of the stream as is kept, whatever `repl-backlog-size` says. */
const MOST_BACKLOG = 1_048_576;

/** SYNC and PSYNC: the client becomes a replica and gets a copy of the data, or what it has missed. */
export function sync(call: Call): ByteString {
  const { world, client } = call;
  if (replicaOf(client) !== undefined) return '';
  if (call.argv.length > 3 && argument(call, 3).toLowerCase() === 'failover') {
    fail('ERR PSYNC FAILOVER replid must match my replid.');
  }
  if (world.master !== undefined && linkState(world) !== 'connected') {
    fail("NOMASTERLINK Can't SYNC while not connected with my master");
  }
  if (call.nested) fail('ERR SYNC and PSYNC are invalid with pending output');
  const answers = argument(call, 0).toLowerCase() === 'psync';
  const missed = answers ? missedBy(call) : undefined;
  const diskless = introductionOf(client).eof && world.config.get('repl-diskless-sync') === 'yes';
  const replica: Replica = {
    client,
    state: 'wait_bgsave',
    answers,
    diskless,
    since: call.now,
    waiting: undefined,
    waitingBytes: 0,
    acknowledged: 0,
    acknowledgedAt: call.now,
  };
  if (missed !== undefined) {
    replica.state = 'online';
    addReplica(world, replica);
    startSeconds(world);
    const id = introductionOf(client).psync2 ? ` ${world.replId}` : '';
    return simpleString(`CONTINUE${id}`) + missed;
  }
  beginStream(world);
  addReplica(world, replica);
  startSeconds(world);
  if (diskless || !mayCopy(world)) return '';
  const answer = announcement(world, replica);
  sendCopy(world, replica);
  return answer;
}

/** The first replica makes the history begin: under a new id. */
function beginStream(world: World): void {
  const stream = streamOf(world);
  if (stream.backlog !== undefined) return;
  if (world.master === undefined) {
    world.replId = world.random.hex(20);
    world.formerReplId = undefined;
  }
  const size = Number(world.config.get('repl-backlog-size') ?? MOST_BACKLOG);
  stream.backlog = createBacklog(Math.min(MOST_BACKLOG, Math.max(16_384, size)));
  world.streams.add(world.view);
}

/** What a replica that comes back has missed; undefined when it has to begin anew. */
function missedBy(call: Call): ByteString | undefined {
  const { world } = call;
  const [id, text] = [argument(call, 1), argument(call, 2)];
  // Up to 6.0 an offset that is none makes it begin anew.
  const valid = since(call, 7) || /^-?\d{1,18}$/.test(text);
  const offset = valid ? Number(exactInteger(text)) : -1;
  const { backlog, offset: end } = streamOf(world);
  if (backlog === undefined || id.toLowerCase() !== world.replId.toLowerCase()) return undefined;
  return offset < 1 || offset > end + 1 ? undefined : backlog.last(end - offset + 1);
}
