import type { ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import type { Peer } from '../model/event.ts';
import type { PastRecorder } from '../model/recorder.ts';
import { createServerSettings } from './server-settings.ts';
import type { Visit } from './visit.ts';
import { openVisit } from './visit.ts';

export type EndReason = ActOf<'session.closed'>['reason'];

export interface Visitor {
  readonly peer: Peer;
  /** Where it connected to, when the file tells. */
  readonly local?: { readonly address: string; readonly port: number };
  /** Called before its session ends, for what is not said yet. */
  readonly leaving?: () => void;
}

/** The sessions of one file. A format chooses what tells them apart: an address and port, an id. */
export interface Visits {
  /** The open session of a key. `time` is that of the unit at hand: sessions that were silent for too long end first. */
  find(key: string, time: number): Visit | undefined;
  open(key: string, visitor: Visitor, time: number): Visit;
  close(key: string, reason: EndReason, time: number): void;
  /** Ends the session that has been silent longest: there is too much to remember. */
  endOldest(): void;
  /** Ends all that are open, at the time of their last act. */
  end(): void;
  readonly opened: number;
}

export interface VisitsOptions {
  readonly recorder: Pick<PastRecorder, 'openPast'>;
  readonly sensor: string;
  readonly port: number;
  /** Silence after which the next unit of the same key is another session, milliseconds. */
  readonly gap: number;
}

/** Sessions open at a time; beyond it the one that has been silent longest ends. */
const MOST_OPEN = 10_000;
/** An address that is not told. */
const UNTOLD = '0.0.0.0';

export function createVisits({ recorder, sensor, port, gap }: VisitsOptions): Visits {
  /** The one that spoke last stands last. */
  const open = new Map<string, Visit & Pick<Visitor, 'leaving'>>();
  const settings = createServerSettings();
  let newest: ByteString | undefined;
  let opened = 0;

  const end = (key: string, reason: EndReason, time?: number): void => {
    const visit = open.get(key);
    if (visit === undefined) return;
    open.delete(key);
    if (newest === key) newest = undefined;
    visit.leaving?.();
    visit.close(reason, time ?? visit.last);
  };
  const endSilent = (time: number): void => {
    for (const [key, visit] of open) {
      if (visit.last + gap >= time && open.size <= MOST_OPEN) return;
      end(key, visit.last + gap >= time ? 'limit' : 'timeout');
    }
  };
  return {
    find: (key, time) => {
      endSilent(time);
      const visit = open.get(key);
      if (visit === undefined || newest === key) return visit;
      open.delete(key);
      open.set(key, visit);
      newest = key;
      return visit;
    },
    open: (key, visitor, time) => {
      end(key, 'timeout');
      const { emit } = recorder.openPast({ vantage: 'import', sensor, peer: visitor.peer });
      emit(
        { type: 'session.opened', protocol: 'redis', local: visitor.local ?? { address: UNTOLD, port } },
        time,
      );
      const visit = openVisit(emit, settings.of(visitor.peer.address), time);
      open.set(
        key,
        visitor.leaving === undefined ? visit : Object.assign(visit, { leaving: visitor.leaving }),
      );
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
