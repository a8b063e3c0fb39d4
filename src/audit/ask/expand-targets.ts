import type { LookupFunction } from 'node:net';
import { parseInfo } from '../../redis/info.ts';
import type { AuditLimits } from '../limits.ts';
import type { ClusterNode } from './cluster-nodes.ts';
import { readClusterNodes } from './cluster-nodes.ts';
import type { AuditConnection, Sending } from './connection.ts';
import { openConnection } from './connection.ts';
import { ConversationEnded } from './conversation-ended.ts';
import type { Expansion } from './expansion.ts';
import { greet } from './greet.ts';
import { nodeTarget } from './node-target.ts';
import { replicasOf } from './replica-remarks.ts';
import { errorOf, textOf } from './reply-values.ts';
import { askSentinel } from './sentinel-group.ts';
import type { AuditTarget } from './target.ts';

export interface Expand {
  /** All nodes of the cluster that a target belongs to. */
  readonly cluster: boolean;
  /** A replica in the place of a primary that has one. */
  readonly preferReplica: boolean;
}

export interface ExpandOptions {
  readonly limits: AuditLimits;
  readonly signal?: AbortSignal | undefined;
  readonly lookup?: LookupFunction | undefined;
  readonly insecure?: boolean | undefined;
  readonly sending?: Sending | undefined;
}

/**
 * The servers a target stands for: the group of a Sentinel, the nodes of a cluster, the replica of a primary; else
 * itself. Asks the target over a connection of its own, read-only. A redirection (MOVED, ASK) is never followed: nodes
 * are taken from CLUSTER NODES alone, and the caller decides which of them may be dialled.
 */
export async function expandTargets(
  target: AuditTarget,
  expand: Expand,
  options: ExpandOptions,
): Promise<Expansion> {
  const wantsMore = target.socket === undefined && (expand.cluster || expand.preferReplica);
  if (target.sentinel === undefined && !wantsMore) return { targets: [target] };
  let connection: AuditConnection | undefined;
  try {
    connection = await openConnection(target, options.limits, options);
    await greet(connection, target, options.limits, options);
    if (target.sentinel !== undefined) {
      return await askSentinel(connection, target, target.sentinel, expand.preferReplica);
    }
    if (expand.cluster) return await clusterTargets(connection, target, expand.preferReplica);
    return await replicaTarget(connection, target);
  } catch (error) {
    if (!(error instanceof ConversationEnded)) throw error;
    // Of a plain target the audit itself will tell; of a Sentinel there is nothing else to audit.
    return target.sentinel === undefined ? { targets: [target] } : { targets: [], fault: error.message };
  } finally {
    await connection?.close();
  }
}

async function clusterTargets(
  connection: AuditConnection,
  target: AuditTarget,
  preferReplica: boolean,
): Promise<Expansion> {
  const [reply] = await connection.ask([['CLUSTER', 'NODES']]);
  const text = textOf(reply);
  if (text === undefined) {
    const why = errorOf(reply) ?? 'it answered something else';
    return {
      targets: [target],
      fault: `The other nodes of ${target.text} are not known: CLUSTER NODES (${why}). Name them one by one.`,
    };
  }
  const nodes = readClusterNodes(text, target.tls);
  const chosen = preferReplica ? withoutCopied(nodes) : nodes;
  const targets = chosen.map(({ host, port }) => nodeTarget(target, host === '' ? target.host : host, port));
  return { targets: targets.length === 0 ? [target] : targets };
}

/** Primaries that no replica stands in for, and one replica of each of the others. */
function withoutCopied(nodes: readonly ClusterNode[]): ClusterNode[] {
  const copied = new Map(nodes.flatMap((node) => (node.copies === undefined ? [] : [[node.copies, node]])));
  return nodes.flatMap((node) => (node.primary ? [copied.get(node.id) ?? node] : []));
}

async function replicaTarget(connection: AuditConnection, target: AuditTarget): Promise<Expansion> {
  const [reply] = await connection.ask([['INFO', 'all']]);
  const text = textOf(reply);
  const [replica] = text === undefined ? [] : replicasOf(parseInfo(text));
  if (replica !== undefined) return { targets: [nodeTarget(target, replica.host, replica.port)] };
  return text === undefined
    ? { targets: [target], fault: `Whether ${target.text} has a replica is not visible: it is asked itself.` }
    : { targets: [target] };
}
