import { describe, expect, test } from 'vitest';
import { exampleFacts } from '../testing/example-view.ts';
import { providerOf } from './provider.ts';
import { identifyEngine } from './server-version.ts';

const engine = (fields: Record<string, string>): ReturnType<typeof identifyEngine> =>
  identifyEngine(new Map(Object.entries(fields)));

describe('the engine', () => {
  test.for([
    [{ redis_version: '7.0.15' }, 'redis', '7.0.15', 'redis'],
    [{ redis_version: '7.2.4', server_name: 'valkey', valkey_version: '9.1.2' }, 'valkey', '9.1.2', 'valkey'],
    [{ redis_version: '7.2.4', server_name: 'valkey' }, 'valkey', '7.2.4', 'valkey'],
    [{ redis_version: '7.4.0', dragonfly_version: 'df-v1.2' }, 'dragonfly', 'df-v1.2', undefined],
    [{ redis_version: '4.0.0', kvrocks_version: '2.9.0' }, 'kvrocks', '2.9.0', undefined],
    [{ redis_version: '7.4.3', garnet_version: '1.0.60' }, 'garnet', '1.0.60', undefined],
    [{ redis_version: '6.3.4', executable: '/usr/bin/keydb-server' }, 'keydb', '6.3.4', undefined],
    [{ redis_version: '6.3.4', mvcc_depth: '0' }, 'keydb', '6.3.4', undefined],
    [{ redis_version: '7.2.0', rlec_version: '7.2.4-72' }, 'redis-enterprise', '7.2.4-72', undefined],
    [{ redis_version: '6.2.6', upstash_version: '1.10.5' }, 'upstash', '1.10.5', undefined],
    [{ redis_version: '7.2.4', memurai_version: '4.1.2' }, 'memurai', '4.1.2', undefined],
    [{ redis_version: '7.1.0', os: 'Amazon ElastiCache' }, 'elasticache', '7.1.0', undefined],
    [{ redis_version: '7.1.0', os: 'Amazon MemoryDB' }, 'memorydb', '7.1.0', undefined],
    [
      { redis_version: '7.2.4', server_name: 'valkey', valkey_version: '8.0.1', os: 'Amazon ElastiCache' },
      'elasticache',
      '8.0.1',
      undefined,
    ],
    [{ redis_version: '3.0.504', os: 'Windows' }, 'redis-windows', '3.0.504', undefined],
  ] as const)('of %j is %s %s', ([fields, name, version, comparable]) => {
    expect(engine(fields)).toMatchObject({ name, version, comparable });
  });

  test('has no version where it names none, or the unstable branch', () => {
    expect(engine({ redis_version: 'nonsense' }).parsed).toBeUndefined();
    expect(engine({ redis_version: '255.255.255' }).parsed).toBeUndefined();
    expect(engine({}).parsed).toBeUndefined();
  });

  test('of a candidate comes before its release', () => {
    const valkey = { redis_version: '7.2.4', server_name: 'valkey', valkey_version: '9.0.0' };

    expect(engine({ ...valkey, valkey_release_stage: 'rc1' })).toMatchObject({
      version: '9.0.0-rc1',
      parsed: [9, 0, -1],
    });
    expect(engine({ ...valkey, valkey_release_stage: 'ga' }).parsed).toEqual([9, 0, 0]);
    expect(engine({ redis_version: '7.9.240' }).parsed).toEqual([8, 0, -1]);
  });

  test('name is safe to print', () => {
    expect(engine({ redis_version: '7.0\u001b[31m' }).version).not.toContain('\u001b');
  });
});

describe('the provider', () => {
  const at = (host: string): string | undefined =>
    providerOf(
      exampleFacts({
        subject: { kind: 'server', text: host, host, port: 6_379, tls: true },
        engine: engine({ redis_version: '7.0.7' }),
      }),
    );

  test.for([
    ['x.redis.cache.windows.net', 'Azure Cache for Redis'],
    ['x.0001.use1.cache.amazonaws.com', 'Amazon ElastiCache'],
    ['clustercfg.x.abc.memorydb.us-east-1.amazonaws.com', 'Amazon MemoryDB'],
    ['X.UPSTASH.IO.', 'Upstash'],
    ['redis-1.c1.eu-west-1-1.ec2.redns.redis-cloud.com', 'Redis Cloud'],
    ['redis.cache.windows.net.example.invalid', undefined],
    ['192.0.2.7', undefined],
  ] as const)('of %s is %s', ([host, provider]) => {
    expect(at(host)).toBe(provider);
  });

  test('is told by its engine, and by a certificate that holds', () => {
    const names = ['x.redis.cache.windows.net'];
    const tls = (fault: string | undefined): string | undefined =>
      providerOf(
        exampleFacts({
          tls: {
            protocol: 'TLSv1.3',
            cipher: 'x',
            fault,
            certificate: {
              subject: '',
              issuer: '',
              names,
              validFrom: 0,
              validTo: 0,
              keyType: 'RSA',
              keyBits: 2_048,
              selfSigned: false,
              fingerprint: '',
            },
          },
        }),
      );

    expect(tls(undefined)).toBe('Azure Cache for Redis');
    expect(tls('self-signed')).toBeUndefined();
    expect(providerOf(exampleFacts({ engine: engine({ os: 'Amazon ElastiCache' }) }))).toBe(
      'Amazon ElastiCache',
    );
  });
});
