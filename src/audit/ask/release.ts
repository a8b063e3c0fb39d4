import type { ServerFacts } from '../server-facts.ts';
import type { Version } from '../vulnerable/server-version.ts';
import { compareVersions, parseVersion } from '../vulnerable/server-version.ts';

/**
 * The release whose commands a server takes: its own of Redis and Valkey; of engines with numbers of their own (Kvrocks
 * 2, Dragonfly 1) the one they say they are like. Undefined when it cannot be told.
 */
export function releaseOf({ engine, info }: Pick<ServerFacts, 'engine' | 'info'>): Version | undefined {
  if (engine?.comparable !== undefined) return engine.parsed;
  const like = info?.get('valkey_version') ?? info?.get('redis_version');
  return like === undefined ? undefined : parseVersion(like);
}

/** True when the release is known to be older: what cannot be told is asked. */
export function isOlder(release: Version | undefined, version: Version): boolean {
  return release !== undefined && compareVersions(release, version) < 0;
}
