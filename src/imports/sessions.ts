import type { ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import type { Peer } from '../model/event.ts';
import type { PastRecorder, PastSession } from '../model/recorder.ts';

export type EndReason = ActOf<'session.closed'>['reason'];

export interface Visitor {
  readonly peer: Peer;
  /** Where it connected to, when the file tells. */
  readonly local?: { readonly address: string; readonly port: number };
  /** The proxy that brought it, and is believed. */
  readonly via?: string;
  /** Called before its session ends, for what is not said yet. */
  readonly leaving?: () => void;
}

/** What every session of a file can do, whatever it speaks. */
export interface PastVisit {
  /** When something came last. */
  readonly last: number;
  close(reason: EndReason, time: number): void;
}

/** The sessions of one file. A format chooses what tells them apart: an address and port, an id, an address. */
export interface Sessions<V extends PastVisit> {
  /** The open session of a key. `time` is that of the unit at hand: sessions that were silent for too long end first. */
  find(key: string, time: number): V | undefined;
  open(key: string, visitor: Visitor, time: number): V;
  close(key: string, reason: EndReason, time: number): void;
  /** Ends the session that has been silent longest: there is too much to remember. */
  endOldest(): void;
  /** Ends all that are open, at the time of their last act. */
  end(): void;
  readonly opened: number;
}

export interface SessionsOptions {
  readonly recorder: Pick<PastRecorder, 'openPast'>;
  readonly sensor: string;
  readonly port: number;
  /** Silence after which the next unit of the same key is another session, milliseconds. */
  readonly gap: number;
}

interface Kind<V> {
  readonly protocol: ActOf<'session.opened'>['protocol'];
  readonly open: (emit: PastSession['emit'], visitor: Visitor, time: number) => V;
}

/** Sessions open at a time; beyond it the one that has been silent longest ends. */
const MOST_OPEN = 10_000;
/** An address that is not told. */
const UNTOLD = '0.0.0.0';

export function createSessions<V extends PastVisit>(
  { recorder, sensor, port, gap }: SessionsOptions,
  kind: Kind<V>,
): Sessions<V> {
  /** The one that spoke last stands last. */
  const open = new Map<string, { readonly visit: V; readonly leaving: (() => void) | undefined }>();
  let newest: ByteString | undefined;
  let opened = 0;

  const end = (key: string, reason: EndReason, time?: number): void => {
    const found = open.get(key);
    if (found === undefined) return;
    open.delete(key);
    if (newest === key) newest = undefined;
    found.leaving?.();
    found.visit.close(reason, time ?? found.visit.last);
  };
  const endSilent = (time: number): void => {
    for (const [key, { visit }] of open) {
      if (visit.last + gap >= time && open.size <= MOST_OPEN) return;
      end(key, visit.last + gap >= time ? 'limit' : 'timeout');
    }
  };
  return {
    find: (key, time) => {
      endSilent(time);
      const found = open.get(key);
      // Files that were put together in another order: what is earlier by so much is no part of it.
      if (found !== undefined && found.visit.last - gap > time) end(key, 'timeout');
      if (!open.has(key) || found === undefined || newest === key) return open.get(key)?.visit;
      open.delete(key);
      open.set(key, found);
      newest = key;
      return found.visit;
    },
    open: (key, visitor, time) => {
      end(key, 'timeout');
      const { emit } = recorder.openPast({ vantage: 'import', sensor, peer: visitor.peer });
      emit(
        {
          type: 'session.opened',
          protocol: kind.protocol,
          local: visitor.local ?? { address: UNTOLD, port },
          ...(visitor.via === undefined ? {} : { via: visitor.via }),
        },
        time,
      );
      const visit = kind.open(emit, visitor, time);
      open.set(key, { visit, leaving: visitor.leaving });
      newest = key;
      opened++;
      endSilent(time);
      return visit;
    },
    close: end,
    endOldest: () => {
      for (const key of open.keys()) {
        end(key, 'limit');
        return;
      }
    },
    end: () => {
      for (const key of open.keys()) end(key, 'shutdown');
    },
    get opened() {
      return opened;
    },
  };
}
