import type { ServerFacts } from '../server-facts.ts';
import type { BuiltBy } from './built-by.ts';
import type { Version } from './version.ts';
import { isCandidate } from './version.ts';

/** A server whose engine and release are known, before its flaws are looked up. */
export interface Judging {
  readonly facts: ServerFacts;
  readonly built: BuiltBy;
  readonly engine: 'redis' | 'valkey';
  readonly version: Version;
}

/** Why a server may hold the fix although its number does not say so. */
export function mayBePatched(id: string, { built, facts, version }: Judging): string | undefined {
  if (facts.subject.kind !== 'server') return 'files do not say who built the server';
  if (isCandidate(version)) return 'a release candidate';
  switch (built.by) {
    case 'debian':
    case 'upstream':
      return undefined;
    case 'provider':
      return `${built.provider} patches without changing the number`;
    case 'distribution': {
      const year = Number(/^CVE-(\d{4})-/.exec(id)?.[1] ?? 0);
      // A package from before the year of the number cannot hold the fix.
      if (built.epoch !== undefined && built.epoch * 1_000 < Date.UTC(year, 0, 1)) return undefined;
      return 'its package may hold the fix';
    }
  }
}
