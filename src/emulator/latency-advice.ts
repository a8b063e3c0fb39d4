import type { LatencyEvent } from './latency-monitor.ts';
import { isValkey, since } from './version.ts';
import type { World } from './world.ts';

/** LATENCY DOCTOR. The fixed sentences are the servers' own, as measured (Redis up to 7.2 and Valkey: BSD-3-Clause). */
export function latencyAdvice(world: World): string {
  const valkey = isValkey({ world });
  const engine = valkey ? 'Valkey' : 'Redis';
  if (Number(world.config.get('latency-monitor-threshold') ?? 0) === 0) {
    const more = ` If we weren't in a deep space mission I'd suggest to take a look at ${guide(world)}.`;
    return `I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this ${engine} instance. You may use "CONFIG SET latency-monitor-threshold <milliseconds>." in order to enable it.${valkey ? '' : more}\n`;
  }
  if (world.latencies.size === 0) {
    return valkey
      ? 'No latency spike was observed during the lifetime of this Valkey instance, not in the slightest bit.\n'
      : 'Dave, no latency spike was observed during the lifetime of this Redis instance, not in the slightest bit. I honestly think you ought to sit down calmly, take a stress pill, and think things over.\n';
  }
  const begin = valkey
    ? 'Latency spikes are observed in this Valkey instance.'
    : "Dave, I have observed latency spikes in this Redis instance. You don't mind talking about it, do you Dave?";
  const events = [...world.latencies].map(
    ([name, event], at) => `${at + 1}. ${name}: ${summary(event, Math.trunc(world.clock.now() / 1_000))}\n`,
  );
  const site = valkey ? 'https://valkey.io' : `${scheme(world)}://redis.io`;
  const advice = [
    `Check your Slow Log to understand what are the commands you are running which are too slow to execute. Please check ${site}/commands/slowlog for more information.`,
    'Deleting, expiring or evicting (because of maxmemory policy) large objects is a blocking operation. If you have very large objects that are often deleted, expired, or evicted, try to fragment those objects into multiple smaller objects.',
  ].map((line) => `- ${line}\n`);
  const bridge = valkey ? 'Here is some advice for you:' : 'I have a few advices for you:';
  return `${begin}\n\n${events.join('')}\n${bridge}\n\n${advice.join('')}`;
}

/** Where the page about it was at the time of the release. */
function guide(world: World): string {
  return since({ world }, 8)
    ? 'https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency-monitor'
    : `${scheme(world)}://redis.io/topics/latency-monitor`;
}

const scheme = (world: World): string => (since({ world }, 6.2) ? 'https' : 'http');

function summary({ samples, most }: LatencyEvent, now: number): string {
  const count = samples.length;
  const average = Math.trunc(samples.reduce((sum, { ms }) => sum + ms, 0) / count);
  const deviation = Math.trunc(samples.reduce((sum, { ms }) => sum + Math.abs(ms - average), 0) / count);
  const span = Math.max(1, now - (samples[0]?.at ?? now));
  return `${count} latency spikes (average ${average}ms, mean deviation ${deviation}ms, period ${(span / count).toFixed(2)} sec). Worst all time event ${most}ms.`;
}
