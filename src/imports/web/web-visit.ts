import type { ActOf } from '../../model/act.ts';
import type { PastSession } from '../../model/recorder.ts';
import type { PastVisit, Sessions, SessionsOptions } from '../sessions.ts';
import { createSessions } from '../sessions.ts';
import type { WebAct } from './web-entry.ts';

/** One source's requests, said as acts. */
export interface WebVisit extends PastVisit {
  /** `received` and `sent` are bytes as the log has them. */
  said(act: WebAct, received: number, sent: number, time: number): void;
}

/** The sessions of one web log: a source is one until it has been silent. */
export type WebVisits = Sessions<WebVisit>;

export function createWebVisits(options: SessionsOptions): WebVisits {
  return createSessions(options, { protocol: 'http', open: (emit, _, time) => openWebVisit(emit, time) });
}

function openWebVisit(emit: PastSession['emit'], opened: number): WebVisit {
  let [first, last, latest] = [opened, opened, opened];
  let requests = 0;
  let [bytesIn, bytesOut] = [0, 0];
  return {
    get last() {
      return last;
    },
    said: (act, received, sent, time) => {
      last = time;
      // A log is in the order in which requests ended; some of its lines are earlier than those before them.
      if (time < first) first = time;
      if (time > latest) latest = time;
      requests++;
      bytesIn += received;
      bytesOut += sent;
      emit(act, time);
    },
    close: (reason, time) => {
      const closed: ActOf<'session.closed'> = {
        type: 'session.closed',
        reason,
        commands: requests,
        bytesIn,
        bytesOut,
        ms: latest - first,
      };
      emit(closed, Math.max(time, latest));
    },
  };
}
