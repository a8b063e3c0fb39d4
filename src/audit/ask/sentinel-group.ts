import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import type { AuditConnection } from './connection.ts';
import type { Expansion } from './expansion.ts';
import { nodeTarget } from './node-target.ts';
import { isHost } from './replica-remarks.ts';
import { errorOf, fieldsOf, itemsOf, textOf } from './reply-values.ts';
import type { AuditTarget } from './target.ts';

const MOST_NODES = 1_000;

/** The servers of a group as its Sentinel knows them: primary, replicas, this Sentinel and the others. */
export async function askSentinel(
  connection: AuditConnection,
  target: AuditTarget,
  group: ByteString,
  preferReplica: boolean,
): Promise<Expansion> {
  const [primary, replicas, slaves, sentinels] = await connection.ask([
    ['SENTINEL', 'MASTER', group],
    ['SENTINEL', 'REPLICAS', group],
    // The name before Redis 5.
    ['SENTINEL', 'SLAVES', group],
    ['SENTINEL', 'SENTINELS', group],
  ]);
  const error = errorOf(primary);
  if (error !== undefined) {
    return {
      targets: [],
      fault: `${target.text} tells nothing of its group (${error}). List the groups with: SENTINEL MASTERS`,
    };
  }
  const at = (reply: Reply | undefined): AuditTarget[] => nodeTargets(target, reply);
  const copies = at(replicas?.kind === 'error' ? slaves : replicas);
  const primaries = at({ kind: 'array', items: primary === undefined ? [] : [primary] });
  return {
    targets: [
      ...(preferReplica && copies.length > 0 ? [] : primaries),
      ...copies,
      nodeTarget(target, target.host, target.port),
      ...at(sentinels),
    ],
  };
}

/** Each element is names and values in turn, with `ip`, `port` and `flags`; what is down cannot be audited. */
function nodeTargets(target: AuditTarget, reply: Reply | undefined): AuditTarget[] {
  return (itemsOf(reply) ?? []).slice(0, MOST_NODES).flatMap((item) => {
    const fields = fieldsOf(item);
    const host = textOf(fields?.get('ip')) ?? '';
    const port = Number(textOf(fields?.get('port')));
    const down = /\b(s_down|o_down|disconnected)\b/.test(textOf(fields?.get('flags'))?.slice(0, 200) ?? '');
    if (down || !isHost(host) || !Number.isInteger(port) || port < 1 || port > 65_535) return [];
    return [nodeTarget(target, host, port)];
  });
}
