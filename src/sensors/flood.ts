import type { Act, ActOf, Protocol } from '../model/act.ts';
import type { Recorder, SessionRecorder } from '../model/recorder.ts';
import type { Clock } from '../platform/clock.ts';
import { isPlainSmb } from './smb/telling.ts';

/**
 * Sees to it that a flood of connections is told as one. An address that opens many in a short time gets sessions that
 * are recorded from the first telling act on; the others are counted, when they come and what they did when they go.
 */
export interface FloodWatch {
  /** The session of a new connection. */
  open(peer: { readonly address: string; readonly port: number }): WatchedSession;
  /** Records what was counted, and forgets addresses that are calm again. */
  settle(): void;
}

export interface WatchedSession extends SessionRecorder {
  /** True while nothing of it has been recorded, and perhaps nothing will be. */
  readonly quiet?: () => boolean;
}

/** Connections of one address in one window, above which it floods. */
const MANY = 100;
const WINDOW_MS = 10_000;
/** Addresses that are watched at one time; when more come in one window, all of them are a flood. */
const MOST_SOURCES = 20_000;
/** Acts that a session may hold back. */
const HELD_BACK = 64;

/** What says nothing by itself: scanners and load tools send these by the thousand. */
const PLAIN: ReadonlySet<Act['type']> = new Set([
  'session.opened',
  'session.closed',
  'redis.command',
  'redis.burst',
]);

interface Source {
  /** Connections in the window, and when it began (monotonic milliseconds). */
  opened: number;
  since: number;
  /** Connections that are open. */
  here: number;
  /** Counted and not yet told. */
  connections: number;
  commands: number;
  bytesIn: number;
  session: SessionRecorder | undefined;
}

export function createFloodWatch(
  recorder: Recorder,
  clock: Clock,
  { sensor, protocol }: { readonly sensor: string; readonly protocol: Protocol },
): FloodWatch {
  const sources = new Map<string, Source>();

  const sourceOf = (address: string): Source => {
    const name = sources.size >= MOST_SOURCES && !sources.has(address) ? '' : address;
    const now = clock.monotonic();
    let source = sources.get(name);
    if (source === undefined) {
      source = {
        opened: 0,
        since: now,
        here: 0,
        connections: 0,
        commands: 0,
        bytesIn: 0,
        session: undefined,
      };
      sources.set(name, source);
    }
    if (now - source.since > WINDOW_MS) [source.opened, source.since] = [0, now];
    source.opened++;
    return source;
  };
  return {
    open: (peer) => {
      const source = sourceOf(peer.address);
      const session = recorder.open({ vantage: 'sensor', sensor, peer });
      source.here++;
      if (source.opened <= MANY) return counted(session, () => source.here--);
      source.connections++;
      return quiet(
        counted(session, () => source.here--),
        () => source.connections--,
        (closed) => {
          source.here--;
          source.commands += closed.commands;
          source.bytesIn += closed.bytesIn;
        },
      );
    },
    settle: () => {
      const now = clock.monotonic();
      for (const [address, source] of sources) {
        if (source.connections > 0 || source.commands > 0) {
          source.session ??= recorder.open({ vantage: 'sensor', sensor, peer: { address, port: 0 } });
          const { commands, bytesIn } = source;
          const connections = Math.max(0, source.connections);
          source.session.emit({ type: 'session.flood', protocol, connections, commands, bytesIn });
          [source.connections, source.commands, source.bytesIn] = [Math.min(0, source.connections), 0, 0];
        }
        if (source.here === 0 && now - source.since > 2 * WINDOW_MS) sources.delete(address);
      }
    },
  };
}

/** Holds acts back until one tells something; what ends before is counted instead. */
function quiet(
  session: SessionRecorder,
  onTold: () => void,
  count: (closed: ActOf<'session.closed'>) => void,
): WatchedSession {
  let told = false;
  let held: Act[] | undefined = [];
  const tell = (): void => {
    for (const act of held ?? []) session.emit(act);
    held = undefined;
    told = true;
    onTold();
  };
  return {
    ...session,
    quiet: () => !told,
    emit: (act) => {
      if (held === undefined) {
        session.emit(act);
        return;
      }
      if (act.type === 'session.closed') {
        held = undefined;
        count(act);
        return;
      }
      if (!(PLAIN.has(act.type) || isPlainSmb(act)) || held.length >= HELD_BACK) tell();
      if (held === undefined) session.emit(act);
      else held.push(act);
    },
  };
}

/** Tells when a session that is recorded as usual ends. */
function counted(session: SessionRecorder, onClosed: () => void): SessionRecorder {
  return {
    ...session,
    emit: (act) => {
      if (act.type === 'session.closed') onClosed();
      session.emit(act);
    },
  };
}
