import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { Call, Command } from './command.ts';
import type { Group } from './keyspace.ts';
import { redacted } from './redaction.ts';
import { isValkey, since } from './version.ts';
import type { ClientState, World } from './world.ts';

/** The logs of Valkey's COMMANDLOG; a Redis has the first one only, as its SLOWLOG. */
export type LogKind = 'slow' | 'large-request' | 'large-reply';
export const LOG_KINDS: readonly LogKind[] = ['slow', 'large-request', 'large-reply'];

interface LogEntry {
  readonly id: number;
  /** Seconds since 1970 UTC. */
  readonly at: number;
  /** Microseconds, or bytes. */
  readonly amount: number;
  readonly argv: readonly ByteString[];
  readonly peer: string;
  readonly name: ByteString;
}

/** Newest first. A group of visitors that empties a log no longer sees what is in it; the others do. */
interface CommandLog {
  readonly entries: LogEntry[];
  nextId: number;
  /** Ids below this one are gone, by group. */
  readonly emptied: Map<number, number>;
}

export type CommandLogs = Readonly<Record<LogKind, CommandLog>> & {
  /** The least amount of microseconds that anyone has had logged: whatever is below is not looked at. */
  gate: number;
};

export function createCommandLogs(): CommandLogs {
  const log = (): CommandLog => ({ entries: [], nextId: 0, emptied: new Map() });
  return { slow: log(), 'large-request': log(), 'large-reply': log(), gate: 10_000 };
}

interface Limits {
  readonly least: string;
  readonly length: string;
}
/** The settings behind each log; a Redis has the older names of the first. */
const LIMITS: Readonly<Record<LogKind, Limits>> = {
  slow: { least: 'slowlog-log-slower-than', length: 'slowlog-max-len' },
  'large-request': { least: 'commandlog-request-larger-than', length: 'commandlog-large-request-max-len' },
  'large-reply': { least: 'commandlog-reply-larger-than', length: 'commandlog-large-reply-max-len' },
};

const MOST_ARGUMENTS = 32;
const LONGEST_ARGUMENT = 128;
/** Entries that are kept whatever a visitor sets. */
const MOST_ENTRIES = 1_024;
/** More groups than are remembered at a time; above it those that emptied a log longest ago are forgotten. */
const MOST_EMPTIED = 1_024;

/** Logs a command when it took, or was, as much as the setting says. */
export function logCommand(call: Call, command: Command, kind: LogKind, amount: number): void {
  const { world, client } = call;
  const least = Number(world.config.get(LIMITS[kind].least) ?? -1);
  if (
    least < 0 ||
    amount < least ||
    command.flags.some((flag) => flag === 'skip_slowlog' || flag === 'skip_commandlog')
  )
    return;
  const length = Math.min(MOST_ENTRIES, Number(world.config.get(LIMITS[kind].length) ?? 128));
  const log = world.logs[kind];
  log.entries.unshift({
    id: log.nextId++,
    at: Math.trunc(call.now / 1_000),
    amount,
    argv: trimmed(redacted(call, command)),
    peer: call.script === true && !isValkey(call) ? (since(call, 7.2) ? '' : '?:0') : peerOf(client),
    name: call.script === true && !isValkey(call) ? '' : client.name,
  });
  if (log.entries.length > length) log.entries.length = length;
}

function trimmed(argv: readonly ByteString[]): readonly ByteString[] {
  const shown = argv
    .slice(0, argv.length > MOST_ARGUMENTS ? MOST_ARGUMENTS - 1 : MOST_ARGUMENTS)
    .map((text) =>
      ownedBytes(
        text.length > LONGEST_ARGUMENT
          ? `${text.slice(0, LONGEST_ARGUMENT)}... (${text.length - LONGEST_ARGUMENT} more bytes)`
          : text,
      ),
    );
  return shown.length === argv.length
    ? shown
    : [...shown, `... (${argv.length - shown.length} more arguments)`];
}

const peerOf = ({ origin: { address, port } }: ClientState): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** What this group of visitors sees, newest first. */
export function logEntries({ logs, view }: World, kind: LogKind): readonly LogEntry[] {
  const from = logs[kind].emptied.get(view.group.number) ?? 0;
  return logs[kind].entries.filter(({ id }) => id >= from);
}

export function emptyLog(
  { logs, view }: { readonly logs: CommandLogs; readonly view: { readonly group: Pick<Group, 'number'> } },
  kind: LogKind,
): void {
  const { emptied, entries, nextId } = logs[kind];
  const oldest = entries.at(-1)?.id ?? nextId;
  if (emptied.size >= MOST_EMPTIED)
    for (const [group, from] of emptied)
      if (from <= oldest || emptied.size >= MOST_EMPTIED) emptied.delete(group);
  emptied.delete(view.group.number);
  emptied.set(view.group.number, nextId);
}

/** After a setting was changed: entries beyond the length go with the next one, as in Redis only for what is longer. */
export function adjustLogs(world: World): void {
  const least = Number(world.config.get(LIMITS.slow.least) ?? -1);
  if (least >= 0) world.logs.gate = Math.min(world.logs.gate, least);
  for (const kind of LOG_KINDS) {
    const length = Number(world.config.get(LIMITS[kind].length) ?? 128);
    const { entries } = world.logs[kind];
    if (entries.length > length) entries.length = length;
  }
}
