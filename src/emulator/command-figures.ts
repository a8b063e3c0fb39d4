import type { ByteString } from '../model/bytes.ts';
import type { Call, Command } from './command.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import { recordLatency } from './latency-histogram.ts';
import { noteLatency } from './latency-monitor.ts';
import { logCommand } from './slow-log.ts';
import { isValkey } from './version.ts';
import type { World } from './world.ts';

const MINUS = 45;
/** Distinct first words of errors that are counted: scripts can make any. */
const MOST_KINDS = 128;
const LONGEST_KIND = 31;
const LARGE = 1_048_576;

/** Books a command that has run: errors, the slow log, the latency monitor, histograms. `usec`: how long it took. */
export function finished(call: Call, command: Command, usec: number, reply: ByteString): void {
  const { world } = call;
  if (command.slow) {
    command.latencies ??= new Map();
    recordLatency(command.latencies, usec);
  }
  if (reply.charCodeAt(0) === MINUS) {
    countError(world, reply.slice(1));
    world.statistics.failed.set(command.name, (world.statistics.failed.get(command.name) ?? 0) + 1);
  }
  if (usec >= world.logs.gate) noteDuration(call, command, usec);
  if (reply.length > LARGE && isValkey(call)) logCommand(call, command, 'large-reply', reply.length);
}

/** The slow log and the latency monitor of a command that took its time. */
export function noteDuration(call: Call, command: Command, usec: number): void {
  logCommand(call, command, 'slow', usec);
  noteLatency(
    call.world,
    command.flags.includes('fast') ? 'fast-command' : 'command',
    Math.trunc(usec / 1_000),
  );
}

/** Books a command that was refused before it ran; undefined when there is none of that name. */
export function refusedCommand(world: World, command: Command | undefined, text: ByteString): void {
  countError(world, text);
  if (command === undefined) return;
  const { refused } = world.statistics;
  refused.set(command.name, (refused.get(command.name) ?? 0) + 1);
}

/** Books an error reply, without its minus. */
export function countError({ statistics }: World, text: ByteString): void {
  statistics.errors++;
  const end = text.indexOf(' ');
  const kind = end > 0 && end <= LONGEST_KIND ? text.slice(0, end) : 'ERR';
  const { errorKinds } = statistics;
  const known = errorKinds.get(kind);
  if (known === undefined && errorKinds.size >= MOST_KINDS) return;
  errorKinds.set(kind, (known ?? 0) + 1);
}

interface CommandFigures {
  readonly calls: number;
  readonly usec: number;
  readonly latencies: LatencyHistogram;
}

/**
 * What INFO tells of a command. The calls of one that is fast are only counted; they took a microsecond or two, the
 * first of some dozens a little more.
 */
export function figuresOf(command: Command): CommandFigures {
  const { calls, usec, latencies, slow } = command;
  if (slow) return { calls, usec, latencies: latencies ?? new Map() };
  const [late, double] = [Math.ceil(calls / 50), Math.floor(calls / 4)];
  const own: LatencyHistogram = new Map();
  const shares = [
    [3 + ((command.name.charCodeAt(0) + command.name.length) % 6), late],
    [2, double],
    [1, calls - late - double],
  ] as const;
  for (const [took, count] of shares) if (count > 0) recordLatency(own, took, count);
  return { calls, usec: shares.reduce((total, [took, count]) => total + took * count, 0), latencies: own };
}
