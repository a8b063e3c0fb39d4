import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map, verbatim } from '../../wire/resp-reply.ts';
import type { Call, Command, Family } from '../command.ts';
import { argument, fail } from '../command.ts';
import { figuresOf } from '../command-figures.ts';
import { helpReply } from '../help-reply.ts';
import { everyCommand } from '../info/command-lines.ts';
import { latencyAdvice } from '../latency-advice.ts';
import { latencyLevels } from '../latency-histogram.ts';
import type { LatencyEvent } from '../latency-monitor.ts';
import { sparkline } from '../sparkline.ts';
import { container } from '../subcommand.ts';
import { isValkey, since } from '../version.ts';

function latest(call: Call): ByteString {
  const rows = [...call.world.latencies].map(([name, { samples, most, sum, count }]) => {
    const last = samples.at(-1) ?? { at: 0, ms: 0 };
    const figures = [last.at, last.ms, most, ...(isValkey(call) ? [sum, count] : [])];
    return array([bulk(name), ...figures.map((figure) => integer(figure))]);
  });
  return array(rows);
}

function history(call: Call): ByteString {
  const event = call.world.latencies.get(argument(call, 2));
  return array((event?.samples ?? []).map(({ at, ms }) => array([integer(at), integer(ms)])));
}

function reset({ world, argv }: Call): ByteString {
  const names = argv.length > 2 ? argv.slice(2) : [...world.latencies.keys()];
  return integer(names.filter((name) => world.latencies.delete(name)).length);
}

const GRAPH_COLUMNS = 80;

function graph(call: Call): ByteString {
  const name = argument(call, 2);
  const event = call.world.latencies.get(name) ?? fail(`ERR No samples available for event '${name}'`);
  return verbatim(drawing(name, event, call.now), call.client.resp);
}

function drawing(name: ByteString, { samples, most }: LatencyEvent, now: number): string {
  const values = samples.map(({ ms }) => ms);
  const head = `${name} - high ${Math.max(...values)} ms, low ${Math.min(...values)} ms (all time high ${most} ms)\n`;
  const columns = samples.map(({ at, ms }) => ({ value: ms, label: age(Math.trunc(now / 1_000) - at) }));
  return `${head}${'-'.repeat(GRAPH_COLUMNS)}\n${sparkline(columns, GRAPH_COLUMNS)}`;
}

function age(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.trunc(seconds / 60)}m`;
  return seconds < 86_400 ? `${Math.trunc(seconds / 3_600)}h` : `${Math.trunc(seconds / 86_400)}d`;
}

/** Of all commands, or of those that are named: a container's name stands for its subcommands as well. */
function histogram(call: Call): ByteString {
  const { world, client } = call;
  const all = everyCommand(world);
  const names = call.argv.slice(2).map((name) => name.toLowerCase());
  const asked: Command[] = [];
  for (const name of names) {
    const found = all.filter((command) => command.name === name || command.name.startsWith(`${name}|`));
    asked.push(...found.filter((command) => !asked.includes(command)));
  }
  const pairs = (names.length === 0 ? all : asked).flatMap((command) => {
    const { calls, latencies } = figuresOf(command);
    if (calls === 0 || latencies.size === 0) return [];
    const levels = latencyLevels(latencies).flatMap((level) => level.map((figure) => integer(figure)));
    const counted = [...latencies.values()].reduce((total, count) => total + count, 0);
    const figures = [bulk('calls'), integer(counted), bulk('histogram_usec'), map(levels, client.resp)];
    return [bulk(command.name), map(figures, client.resp)];
  });
  return map(pairs, client.resp);
}

const shared = {
  latest: { words: 1, run: latest },
  history: { words: 2, run: history },
  reset: { words: -1, run: reset },
  graph: { words: 2, run: graph },
  doctor: {
    words: 1,
    run: (call: Call) => verbatim(latencyAdvice(call.world), call.client.resp),
  },
  help: {
    words: 1,
    run: (call: Call) => helpReply(call, 'LATENCY'),
  },
};
const before = container(shared);
const current = container({ ...shared, histogram: { words: -1, run: histogram } });

export const latency: Family = {
  latency: (call) => (since(call, 7) ? current : before)(call),
};
