import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { AuditLimits, Impact } from '../../audit/limits.ts';
import { IMPACTS, impactLimits } from '../../audit/limits.ts';

/** What an operator allows a server to be put through. */
export interface ImpactOptions {
  readonly maxImpact: Impact | number;
  readonly touch?: true;
}

export function addImpactOptions(command: Command): Command {
  return command
    .optionsGroup('What a server is put through:')
    .addOption(
      new Option(
        '--max-impact <much>',
        'low, normal, high, or the share of the time of a server in percent (1 to 100) that reading its keys may take',
      )
        .argParser(impactOf)
        .default('normal'),
    )
    .option(
      '--touch',
      'read values also where that changes what is evicted next (before 7.2, with maxmemory and an LRU or LFU policy)',
    );
}

/** The limits that these options mean, over the usual ones. */
export function impactSettings({ maxImpact, touch }: ImpactOptions): Partial<AuditLimits> {
  return { ...impactLimits(maxImpact), ...(touch === true ? { touch } : {}) };
}

function impactOf(text: string): Impact | number {
  const named = IMPACTS.find((one) => one === text);
  if (named !== undefined) return named;
  const share = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (share >= 1 && share <= 100) return share;
  throw new InvalidArgumentError('It has to be low, normal, high, or a whole number from 1 to 100.');
}
