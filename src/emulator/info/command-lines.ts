import type { Command } from '../command.ts';
import { figuresOf } from '../command-figures.ts';
import { tableOrder } from '../command-order.ts';
import { latencyPercentile } from '../latency-histogram.ts';
import { since } from '../version.ts';
import type { World } from '../world.ts';

/** Commands in the order of the server's table, each before its subcommands. */
export function everyCommand(world: World): readonly Command[] {
  const order = tableOrder(world);
  return order([...world.commands.values()]).flatMap((command) => [
    command,
    ...order([...command.parts.values()]),
  ]);
}

export function commandLines(world: World): string[] {
  const { refused, failed } = world.statistics;
  return everyCommand(world).flatMap((command) => {
    const { calls, usec } = figuresOf(command);
    const [no, bad] = [refused.get(command.name) ?? 0, failed.get(command.name) ?? 0];
    if (calls + no + bad === 0) return [];
    const mean = calls === 0 ? 0 : usec / calls;
    const line = `cmdstat_${command.name}:calls=${calls},usec=${usec},usec_per_call=${mean.toFixed(2)}`;
    return [since({ world }, 6.2) ? `${line},rejected_calls=${no},failed_calls=${bad}` : line];
  });
}

export function errorLines({ statistics: { errorKinds } }: World): string[] {
  return [...errorKinds]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([kind, count]) => `errorstat_${kind.replace(/[#:]/g, '_')}:count=${count}`);
}

export function latencyLines(world: World): string[] {
  const words = (world.config.get('latency-tracking-info-percentiles') ?? '')
    .split(' ')
    .filter((word) => word !== '');
  return everyCommand(world).flatMap((command) => {
    const { calls, latencies } = figuresOf(command);
    if (calls === 0 || latencies.size === 0) return [];
    const shares = words.map(
      (word) => `p${Number(word)}=${latencyPercentile(latencies, Number(word)).toFixed(3)}`,
    );
    return [`latency_percentiles_usec_${command.name}:${shares.join(',')}`];
  });
}
