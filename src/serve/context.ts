import type { Ledger } from '../analysis/ledger.ts';
import type { JournalStatus } from '../journal/journal.ts';
import type { CaptureRecord } from '../model/capture.ts';
import type { PlaceSource } from '../model/place.ts';
import type { Clock } from '../platform/clock.ts';
import type { EventStore } from '../store/event-store.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { LiveFeed } from './live-feed.ts';
import type { SensorPlace } from './overview.ts';
import type { OwnAddress } from './own-address.ts';
import type { PageFile } from './page-files.ts';
import type { ReadEvents } from './session-events.ts';

/** What the routes work with. */
export interface DashboardContext {
  readonly ledger: Ledger;
  readonly snapshot: () => LedgerSnapshot;
  readonly journal: { readonly folder: string; status(): JournalStatus };
  readonly readEvents: ReadEvents;
  /** The folder of the recordings; undefined when there is none. */
  readonly recordings: string | undefined;
  /** The analytical store; undefined when it is switched off or not installed. */
  readonly store?: EventStore | undefined;
  /** What countries and networks are told by. */
  readonly placeSources: readonly PlaceSource[];
  /** The files in the quarantine. */
  readonly captures: () => readonly CaptureRecord[];
  /** The folder of kept audits; undefined when there is none. */
  readonly audits: string | undefined;
  readonly sensors: readonly SensorPlace[];
  /** Asked of everybody; undefined on loopback unless the operator wants one. */
  readonly password?: string | undefined;
  readonly version: string;
  readonly clock: Clock;
  readonly live: LiveFeed;
  readonly page: ReadonlyMap<string, PageFile>;
  /** Known once it listens. */
  readonly address: () => OwnAddress;
}
