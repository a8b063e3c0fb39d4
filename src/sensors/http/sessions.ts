import type { Act, ActOf } from '../../model/act.ts';
import type { Recorder, SessionRecorder } from '../../model/recorder.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Arrival } from '../doors.ts';
import type { HttpLimits } from './limits.ts';

/** All that one address does with no gap of two minutes, over any number of connections. */
export interface HttpSession {
  readonly session: string;
  /** Counts a request or a fault; false when so many came that this one is only counted. */
  admit(bytes: number): boolean;
  /** Whether one more file may be kept. */
  admitFile(): boolean;
  emit(act: Act): void;
  /** It is not silent. */
  touch(bytesIn: number, bytesOut: number): void;
}

export interface HttpSessions {
  /** The session of who is there; opened when there is none. */
  of(arrival: Arrival): HttpSession;
  /** The session if there is one: bytes alone open none. */
  find(address: string): HttpSession | undefined;
  /** Ends what has been silent, and tells what was counted. */
  settle(): void;
  close(): void;
}

const MINUTE = 60_000;

interface Kept extends HttpSession {
  readonly last: () => number;
  settle(): void;
  end(reason: ActOf<'session.closed'>['reason']): void;
}

export function createHttpSessions(
  recorder: Recorder,
  clock: Clock,
  sensor: string,
  limits: HttpLimits,
): HttpSessions {
  /** In the order in which they were last looked for: the first is the most silent. */
  const sessions = new Map<string, Kept>();
  const end = (address: string, session: Kept, reason: ActOf<'session.closed'>['reason']): void => {
    sessions.delete(address);
    session.end(reason);
  };
  const find = (address: string): Kept | undefined => {
    const session = sessions.get(address);
    if (session === undefined) return undefined;
    if (clock.monotonic() - session.last() >= limits.sessionMs) {
      end(address, session, 'timeout');
      return undefined;
    }
    return session;
  };
  return {
    find,
    of: (arrival) => {
      const { address } = arrival.origin;
      let session = find(address);
      if (session === undefined) {
        const [oldest] = sessions;
        if (oldest !== undefined && sessions.size >= limits.sessions) end(...oldest, 'limit');
        session = open(
          recorder.open({ vantage: 'sensor', sensor, peer: arrival.origin }),
          arrival,
          clock,
          limits,
        );
      }
      sessions.delete(address);
      sessions.set(address, session);
      return session;
    },
    settle: () => {
      for (const address of sessions.keys()) find(address)?.settle();
    },
    close: () => {
      for (const [address, session] of sessions) end(address, session, 'shutdown');
    },
  };
}

function open(recorder: SessionRecorder, arrival: Arrival, clock: Clock, limits: HttpLimits): Kept {
  const { socket, via, tls } = arrival;
  const opened = clock.monotonic();
  let last = opened;
  let minute = opened;
  let [recorded, recordedBytes, files] = [0, 0, 0];
  let [commands, bytesIn, bytesOut] = [0, 0, 0];
  /** Counted and not told yet. */
  let [folded, foldedBytes] = [0, 0];
  const turn = (): void => {
    last = clock.monotonic();
    if (last - minute >= MINUTE) [minute, recorded, recordedBytes, files] = [last, 0, 0, 0];
  };
  const settle = (): void => {
    if (folded === 0) return;
    const counts = { connections: 0, commands: folded, bytesIn: foldedBytes };
    recorder.emit({ type: 'session.flood', protocol: 'http', ...counts });
    [folded, foldedBytes] = [0, 0];
  };
  recorder.emit({
    type: 'session.opened',
    protocol: 'http',
    local: arrival.local ?? { address: socket.localAddress ?? '', port: socket.localPort ?? 0 },
    ...(via === undefined ? {} : { via }),
    ...(tls === undefined ? {} : { tls }),
  });
  return {
    session: recorder.session,
    admit: (bytes) => {
      turn();
      commands++;
      recordedBytes += bytes;
      if (++recorded <= limits.recordedPerMinute && recordedBytes <= limits.recordedBytesPerMinute)
        return true;
      folded++;
      foldedBytes += bytes;
      return false;
    },
    admitFile: () => {
      turn();
      return ++files <= limits.uploadsPerMinute;
    },
    emit: (act) => {
      if (act.type === 'http.request') recordedBytes += act.body.length;
      recorder.emit(act);
    },
    touch: (received, sent) => {
      last = clock.monotonic();
      bytesIn += received;
      bytesOut += sent;
    },
    last: () => last,
    settle,
    end: (reason) => {
      settle();
      const ms = Math.max(0, Math.round(last - opened));
      recorder.emit({ type: 'session.closed', reason, commands, bytesIn, bytesOut, ms });
    },
  };
}
