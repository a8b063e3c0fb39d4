import type { InventoryReader, ListedServer } from './inventory.ts';
import { at, list, port, text } from './json-shapes.ts';

/**
 * `aws elasticache describe-cache-clusters --show-cache-node-info`. Field names: the API reference of ElastiCache,
 * CacheCluster and CacheNode.
 */
export const readCacheClusters: InventoryReader = (document) => {
  const clusters = at(document, 'CacheClusters');
  if (!Array.isArray(clusters)) return undefined;
  const ours = list(clusters).filter((one) => text(at(one, 'Engine')) !== 'memcached');
  const servers = ours.flatMap((one) =>
    list(at(one, 'CacheNodes')).flatMap((node) => endpoint(at(node, 'Endpoint'), one, 'CacheClusterId')),
  );
  const bare = ours.filter((one) => !Array.isArray(at(one, 'CacheNodes'))).length;
  return {
    servers,
    notes: [
      ...left(list(clusters).length - ours.length, 'clusters of memcached'),
      ...left(bare, 'clusters without nodes: export them with --show-cache-node-info'),
    ],
  };
};

/** `aws elasticache describe-replication-groups`: ReplicationGroup, NodeGroup, NodeGroupMember. */
export const readReplicationGroups: InventoryReader = (document) => {
  const groups = at(document, 'ReplicationGroups');
  if (!Array.isArray(groups)) return undefined;
  const servers = list(groups).flatMap((group) => {
    const nodes = list(at(group, 'NodeGroups'));
    const named = (inner: unknown): ListedServer[] => endpoint(inner, group, 'ReplicationGroupId');
    const members = nodes.flatMap((node) =>
      list(at(node, 'NodeGroupMembers')).flatMap((member) => named(at(member, 'ReadEndpoint'))),
    );
    if (members.length > 0) return members;
    // With cluster mode the members have no endpoint of their own.
    const primaries = nodes.flatMap((node) => named(at(node, 'PrimaryEndpoint')));
    return primaries.length > 0 ? primaries : named(at(group, 'ConfigurationEndpoint'));
  });
  return { servers, notes: [] };
};

/** `aws elasticache describe-serverless-caches`: always with TLS. */
export const readServerlessCaches: InventoryReader = (document) => {
  const caches = at(document, 'ServerlessCaches');
  if (!Array.isArray(caches)) return undefined;
  const servers = list(caches)
    .filter((one) => text(at(one, 'Engine')) !== 'memcached')
    .flatMap((one) => endpoint(at(one, 'Endpoint'), one, 'ServerlessCacheName', true));
  return { servers, notes: [] };
};

/** `aws memorydb describe-clusters --show-shard-details`: Cluster, Shard, Node. */
export const readMemoryDb: InventoryReader = (document) => {
  const clusters = at(document, 'Clusters');
  if (!Array.isArray(clusters) || !clusters.some((one) => at(one, 'ClusterEndpoint') !== undefined))
    return undefined;
  const servers = list(clusters).flatMap((cluster) => {
    const tls = at(cluster, 'TLSEnabled') === true;
    const nodes = list(at(cluster, 'Shards')).flatMap((shard) =>
      list(at(shard, 'Nodes')).flatMap((node) => endpoint(at(node, 'Endpoint'), cluster, 'Name', tls)),
    );
    return nodes.length > 0 ? nodes : endpoint(at(cluster, 'ClusterEndpoint'), cluster, 'Name', tls);
  });
  return { servers, notes: [] };
};

function endpoint(
  value: unknown,
  of: unknown,
  name: string,
  tls = at(of, 'TransitEncryptionEnabled') === true,
): ListedServer[] {
  const host = text(at(value, 'Address'));
  const number = port(at(value, 'Port'));
  return host === '' || number === undefined ? [] : [{ host, port: number, tls, name: text(at(of, name)) }];
}

function left(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
