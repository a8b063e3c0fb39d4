import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInventory } from './read-inventory.ts';

/** `host:port` or `host:port/tls` of all servers found. */
function found(document: unknown): { kind: string; servers: string[]; notes: readonly string[] } {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const result = readInventory('export', text);
  if ('fault' in result) throw new Error(result.fault);
  const { kind, servers, notes } = result;
  return {
    kind,
    servers: servers.map(({ host, port, tls }) => `${host}:${port}${tls ? '/tls' : ''}`),
    notes,
  };
}

const meta = (name: string, labels = {}): object => ({ metadata: { name, namespace: 'shop', labels } });

describe('an inventory', () => {
  test('of Kubernetes gives pods, endpoints and what faces outside', () => {
    const { kind, servers, notes } = found({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          kind: 'Pod',
          ...meta('cache-0'),
          spec: {
            containers: [
              { image: 'docker.io/library/redis:7.2', ports: [{ containerPort: 6_379, name: 'redis' }] },
              { image: 'oliver006/redis_exporter:v1', ports: [{ containerPort: 9_121, name: 'metrics' }] },
            ],
          },
          status: { podIP: '10.4.0.7' },
        },
        {
          kind: 'Pod',
          ...meta('queue'),
          spec: { containers: [{ image: 'valkey/valkey:8' }] },
          status: { podIP: '10.4.0.8' },
        },
        {
          kind: 'Pod',
          ...meta('web'),
          spec: { containers: [{ image: 'nginx' }] },
          status: { podIP: '10.4.0.9' },
        },
        {
          kind: 'Endpoints',
          ...meta('db'),
          subsets: [
            {
              addresses: [{ ip: '10.4.1.1' }, { ip: '10.4.1.2' }],
              ports: [{ port: 7_000, name: 'tls-redis' }],
            },
          ],
        },
        {
          kind: 'EndpointSlice',
          ...meta('other'),
          endpoints: [{ addresses: ['10.4.2.1'] }],
          ports: [{ port: 6_379, name: '' }],
        },
        {
          kind: 'Service',
          ...meta('redis-lb'),
          spec: { clusterIP: '10.96.0.5', ports: [{ port: 6_379 }], externalIPs: ['192.0.2.50'] },
          status: { loadBalancer: { ingress: [{ ip: '192.0.2.51' }, { hostname: 'lb.example.invalid' }] } },
        },
        { kind: 'Service', ...meta('redis-headless'), spec: { clusterIP: 'None', ports: [{ port: 6_379 }] } },
      ],
    });

    expect(kind).toBe('Kubernetes');
    expect(servers).toEqual([
      '10.4.0.7:6379',
      '10.4.0.8:6379',
      '10.4.1.1:7000/tls',
      '10.4.1.2:7000/tls',
      '10.4.2.1:6379',
      '192.0.2.50:6379',
      '192.0.2.51:6379',
      'lb.example.invalid:6379',
    ]);
    expect(notes).toEqual([expect.stringContaining('1 cluster addresses')]);
  });

  test('of Kubernetes with services alone asks them at their cluster address', () => {
    const service = {
      kind: 'Service',
      ...meta('sessions', { 'app.kubernetes.io/name': 'redis' }),
      spec: { clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9', 'fd00::9'], ports: [{ port: 8_000 }] },
    };

    expect(found(service).servers).toEqual(['10.96.0.9:8000', 'fd00::9:8000']);
  });

  test('of ElastiCache gives nodes, members, or the address of the configuration', () => {
    expect(
      found({
        CacheClusters: [
          {
            CacheClusterId: 'shop-001',
            Engine: 'redis',
            TransitEncryptionEnabled: true,
            CacheNodes: [{ Endpoint: { Address: 'shop-001.example.invalid', Port: 6_379 } }],
          },
          {
            CacheClusterId: 'old',
            Engine: 'memcached',
            CacheNodes: [{ Endpoint: { Address: 'm', Port: 11_211 } }],
          },
          { CacheClusterId: 'bare', Engine: 'valkey' },
        ],
      }),
    ).toEqual({
      kind: 'ElastiCache',
      servers: ['shop-001.example.invalid:6379/tls'],
      notes: ['1 clusters of memcached', expect.stringContaining('--show-cache-node-info')],
    });
    expect(
      found({
        ReplicationGroups: [
          {
            ReplicationGroupId: 'a',
            NodeGroups: [
              {
                PrimaryEndpoint: { Address: 'a-primary.example.invalid', Port: 6_379 },
                NodeGroupMembers: [
                  { ReadEndpoint: { Address: 'a-001.example.invalid', Port: 6_379 } },
                  { ReadEndpoint: { Address: 'a-002.example.invalid', Port: 6_379 } },
                ],
              },
            ],
          },
          {
            ReplicationGroupId: 'b',
            TransitEncryptionEnabled: true,
            ConfigurationEndpoint: { Address: 'b.example.invalid', Port: 6_380 },
            NodeGroups: [{ NodeGroupMembers: [{}] }],
          },
        ],
      }).servers,
    ).toEqual(['a-001.example.invalid:6379', 'a-002.example.invalid:6379', 'b.example.invalid:6380/tls']);
    expect(
      found({
        ServerlessCaches: [{ Engine: 'valkey', Endpoint: { Address: 's.example.invalid', Port: 6_379 } }],
      }).servers,
    ).toEqual(['s.example.invalid:6379/tls']);
  });

  test('of MemoryDB gives the nodes of the shards', () => {
    const cluster = {
      Name: 'm',
      TLSEnabled: true,
      ClusterEndpoint: { Address: 'clustercfg.m.example.invalid', Port: 6_379 },
    };
    const Shards = [{ Nodes: [{ Endpoint: { Address: 'm-1.example.invalid', Port: 6_379 } }] }];

    expect(found({ Clusters: [cluster] }).servers).toEqual(['clustercfg.m.example.invalid:6379/tls']);
    expect(found({ Clusters: [{ ...cluster, Shards }] })).toMatchObject({
      kind: 'MemoryDB',
      servers: ['m-1.example.invalid:6379/tls'],
    });
  });

  test('of Azure gives the TLS port, and the plain one where it is open', () => {
    const cache = { name: 'c', hostName: 'c.example.invalid', sslPort: 6_380, port: 6_379 };

    expect(
      found([
        { ...cache, enableNonSslPort: false },
        { ...cache, hostName: 'd.example.invalid', enableNonSslPort: true },
        { hostName: 'e.example.invalid', databases: [{ port: 10_000, clientProtocol: 'Encrypted' }] },
      ]),
    ).toMatchObject({
      kind: 'Azure',
      servers: [
        'c.example.invalid:6380/tls',
        'd.example.invalid:6380/tls',
        'd.example.invalid:6379',
        'e.example.invalid:10000/tls',
      ],
    });
  });

  test('of Google Cloud gives both endpoints of an instance and those of a cluster', () => {
    const name = 'projects/p/locations/europe-west1/instances/i';

    expect(
      found([
        { name, host: '10.0.0.3', port: 6_379, transitEncryptionMode: 'DISABLED' },
        {
          name,
          host: '10.0.0.4',
          port: 6_378,
          readEndpoint: '10.0.0.5',
          readEndpointPort: 6_378,
          transitEncryptionMode: 'SERVER_AUTHENTICATION',
        },
        { name, discoveryEndpoints: [{ address: '10.0.0.6', port: 6_379 }] },
      ]),
    ).toMatchObject({
      kind: 'Google Cloud',
      servers: ['10.0.0.3:6379', '10.0.0.4:6378/tls', '10.0.0.5:6378/tls', '10.0.0.6:6379'],
    });
  });

  test('of Docker gives the published port, else the address of the container', () => {
    const container = (ports: unknown, image = 'redis:7'): object => ({
      Name: '/cache',
      Config: { Image: image, ExposedPorts: { '6379/tcp': {} } },
      NetworkSettings: { Ports: ports, Networks: { bridge: { IPAddress: '172.17.0.2' } } },
    });

    expect(
      found([
        container({
          '6379/tcp': [
            { HostIp: '0.0.0.0', HostPort: '16379' },
            { HostIp: '::', HostPort: '16379' },
          ],
        }),
        container({ '6379/tcp': null }),
        container({ '8080/tcp': [{ HostIp: '0.0.0.0', HostPort: '80' }] }, 'nginx'),
      ]),
    ).toMatchObject({ kind: 'Docker', servers: ['127.0.0.1:16379', '172.17.0.2:6379', '172.17.0.2:6379'] });
  });

  test('of Ansible gives the groups named after Redis, at the address and port of their variables', () => {
    expect(
      found({
        _meta: {
          hostvars: {
            cache1: { ansible_host: '10.0.0.11', redis_port: 6_400, redis_tls: true },
            cache2: {},
            web1: { ansible_host: '10.0.0.13' },
            lone: { redis_port: '6390' },
          },
        },
        redis_servers: { hosts: ['cache1', 'cache2'] },
        web: { hosts: ['web1'] },
      }),
    ).toMatchObject({ kind: 'Ansible', servers: ['10.0.0.11:6400/tls', 'cache2:6379', 'lone:6390'] });
  });

  test('of nmap gives open ports of Redis, with TLS where it saw a tunnel', () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE nmaprun [<!ENTITY x "y">]>
<!-- <host><address addr="203.0.113.66" addrtype="ipv4"/><port protocol="tcp" portid="6379"><state state="open"/></port></host> -->
<nmaprun scanner="nmap"><host><status state="up"/><address addr="192.0.2.7" addrtype="ipv4"/>
<address addr="00:00:5E:00:53:01" addrtype="mac"/><hostnames><hostname name="cache.example.invalid" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="6379"><state state="open" reason="syn-ack"/><service name="redis"/></port>
<port protocol="tcp" portid="16000"><state state="open"/><service name="redis" tunnel="ssl"/></port>
<port protocol="tcp" portid="6380"><state state="closed"/><service name="unknown"/></port>
<port protocol="udp" portid="6379"><state state="open"/></port>
<port protocol="tcp" portid="22"><state state="open"/><service name="ssh"/></port></ports></host></nmaprun>`;

    expect(found(xml)).toEqual({
      kind: 'nmap',
      servers: ['192.0.2.7:6379', '192.0.2.7:16000/tls'],
      notes: [expect.stringContaining('1 open ports')],
    });
  });

  test('of masscan is read with the comma that older ones leave', () => {
    const line = (port: number, status = 'open'): string =>
      `{ "ip": "192.0.2.9", "timestamp": "1", "ports": [ {"port": ${port}, "proto": "tcp", "status": "${status}"} ] },`;

    expect(found(`[\n${line(6_379)}\n${line(22)}\n${line(6_380, 'closed')}\n]\n`)).toEqual({
      kind: 'masscan',
      servers: ['192.0.2.9:6379'],
      notes: [expect.stringContaining('1 open ports')],
    });
  });

  test('of plain JSON gives hosts, also written as targets, without their passwords', () => {
    const result = readInventory(
      'export',
      JSON.stringify([
        { host: '10.0.0.1' },
        { ip: '10.0.0.2', port: '6390', tls: true },
        'redis://u:p@10.0.0.3:1/2',
        7,
      ]),
    );

    expect(result).toMatchObject({
      kind: 'list',
      servers: [
        { host: '10.0.0.1', port: 6_379, tls: false },
        { host: '10.0.0.2', port: 6_390, tls: true },
        { host: '10.0.0.3', port: 1, tls: false },
      ],
      notes: ['1 elements without a host'],
    });
    expect(JSON.stringify(result)).not.toContain('u:p');
  });

  test.for([
    '',
    'null',
    '7',
    '{}',
    '[{}]',
    '<html/>',
    '{"kind":"List","items":[7]}',
    '[['.repeat(50_000),
    '<nmaprun',
  ])('that is nothing known is refused or empty, whatever it holds', (text) => {
    const result = readInventory('export', text);

    expect('fault' in result || result.servers.length === 0).toBe(true);
  });

  test('of any JSON at all throws nothing', () => {
    const names = [
      'kind',
      'items',
      'CacheClusters',
      'Clusters',
      'hostName',
      'name',
      'NetworkSettings',
      'Ports',
      'ip',
      'ports',
      '_meta',
      'hostvars',
      'metadata',
    ];
    const node = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.array(tie('any')),
        fc.dictionary(fc.constantFrom(...names), tie('any')),
      ),
    })).any;

    fc.assert(
      fc.property(node, (value) => {
        const result = readInventory('export', JSON.stringify(value));

        expect('fault' in result || Array.isArray(result.servers)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
