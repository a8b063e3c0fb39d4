import type { ServerFacts } from '../server-facts.ts';
import { identifyEngine } from '../vulnerable/server-version.ts';
import { exampleFacts } from './example-view.ts';

const ALL_COMMANDS = ['acl', 'config', 'eval', 'restore', 'stralgo', 'xackdel'];

/** For tests: an open server of one release, of which all is visible that flaws may need, and nothing extra is on. */
export function exampleRelease(
  fields: Readonly<Record<string, string>>,
  change: Partial<ServerFacts> = {},
): ServerFacts {
  const info = new Map(
    Object.entries({
      redis_mode: 'standalone',
      arch_bits: '64',
      role: 'master',
      cluster_enabled: '0',
      executable: '/opt/redis-server',
      mem_allocator: 'jemalloc-5.3.0',
      ...fields,
    }),
  );
  return exampleFacts({
    openWithoutLogin: true,
    info,
    engine: identifyEngine(info),
    settings: new Map([
      ['tls-port', '0'] as const,
      ['maxmemory-clients', '0'] as const,
      ['replica-read-only', 'yes'] as const,
    ]),
    user: 'default',
    users: [],
    modules: [],
    libraries: [],
    commands: new Set(ALL_COMMANDS),
    ...change,
  });
}

/** The fields of INFO by which a release names itself. */
export function releaseFields(engine: 'redis' | 'valkey', version: string): Record<string, string> {
  return engine === 'valkey'
    ? { redis_version: '7.2.4', server_name: 'valkey', valkey_version: version }
    : { redis_version: version };
}
