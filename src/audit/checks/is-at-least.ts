import type { ServerFacts } from '../server-facts.ts';
import type { Version } from '../vulnerable/server-version.ts';
import { compareVersions } from '../vulnerable/server-version.ts';

/** Whether advice may count on what came with a release. Where the release is not visible a current one is assumed. */
export function isAtLeast({ engine }: Pick<ServerFacts, 'engine'>, version: Version): boolean {
  return engine?.parsed === undefined || compareVersions(engine.parsed, version) >= 0;
}

/** Users with rights of their own (ACL) came with Redis 6. */
export function hasUsers(facts: Pick<ServerFacts, 'engine'>): boolean {
  return isAtLeast(facts, [6, 0, 0]);
}

/** A Sentinel has neither data nor most settings, and a configuration file of its own. */
export function isSentinel({ info }: Pick<ServerFacts, 'info'>): boolean {
  return info?.get('redis_mode') === 'sentinel';
}
