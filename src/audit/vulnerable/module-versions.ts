import type { LoadedModule, ServerFacts } from '../server-facts.ts';
import type { KnownFlaw, KnownRange } from './flaw-index.ts';
import { rangeOf } from './flaw-index.ts';
import type { Version } from './version.ts';

/** Names of modules in the data, and in MODULE LIST. */
const MODULE_NAMES: ReadonlyMap<string, string> = new Map([
  ['redistimeseries', 'timeseries'],
  ['redisearch', 'search'],
  ['redisbloom', 'bf'],
]);

/** Modules that are also published by themselves, with version numbers of their own. */
export const MODULE_PROJECTS: readonly string[] = [...MODULE_NAMES.keys()];

/** MODULE LIST prints 2.8.10 as 20810. */
function moduleVersion({ version }: LoadedModule): Version | undefined {
  if (version <= 0) return undefined;
  return [Math.floor(version / 10_000), Math.floor(version / 100) % 100, version % 100];
}

/**
 * The range that a flaw of a module is in. Since Redis 8 the modules are part of the release and bear its number, so the
 * range of the server decides; one that was built on its own has ranges of its own.
 */
export function moduleRange(
  flaw: KnownFlaw,
  { modules }: ServerFacts,
  engine: string,
  version: Version,
): KnownRange | undefined {
  for (const [project, name] of MODULE_NAMES) {
    const own = flaw.ranges.get(project);
    const module = modules?.find((one) => one.name.toLowerCase() === name);
    const built = module === undefined ? undefined : moduleVersion(module);
    if (own === undefined || built === undefined || built[0] >= 8) continue;
    return rangeOf(flaw, project, built);
  }
  return rangeOf(flaw, engine, version);
}
