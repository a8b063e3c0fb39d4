import type { ActOf } from '../../model/act.ts';
import { commandStatistics } from '../../redis/info.ts';
import type { ServerFacts } from '../server-facts.ts';

/** Sums of INFO commandstats over several commands. */
export interface Tally {
  /** Ran, well or not. */
  readonly calls: number;
  /** Ran and did what it says. */
  readonly done: number;
  /** Refused before or while it ran (counted since 6.2). */
  readonly refused: number;
}

/** Several checks ask for them: read once for each server. */
const read = new WeakMap<object, readonly ActOf<'redis.statistic'>[]>();

export function statisticsOf({ info }: ServerFacts): readonly ActOf<'redis.statistic'>[] {
  if (info === undefined) return [];
  const before = read.get(info);
  if (before !== undefined) return before;
  const statistics = commandStatistics(info);
  read.set(info, statistics);
  return statistics;
}

export function tally(
  statistics: readonly ActOf<'redis.statistic'>[],
  ...commands: readonly string[]
): Tally {
  const own = statistics.filter(({ command }) => commands.includes(command));
  const sum = (of: (one: ActOf<'redis.statistic'>) => number): number =>
    own.reduce((total, one) => total + of(one), 0);
  return {
    calls: sum(({ calls }) => calls),
    done: sum(({ calls, failed }) => Math.max(0, calls - failed)),
    refused: sum(({ rejected, failed }) => rejected + failed),
  };
}
