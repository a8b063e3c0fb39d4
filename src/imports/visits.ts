import { createServerSettings } from './server-settings.ts';
import type { Sessions, SessionsOptions } from './sessions.ts';
import { createSessions } from './sessions.ts';
import type { Visit } from './visit.ts';
import { openVisit } from './visit.ts';

/** The sessions of one file that speak Redis. */
export type Visits = Sessions<Visit>;

export function createVisits(options: SessionsOptions): Visits {
  const settings = createServerSettings();
  return createSessions(options, {
    protocol: 'redis',
    open: (emit, { peer }, time) => openVisit(emit, settings.of(peer.address), time),
  });
}
