import type { Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Ledger } from '../analysis/ledger.ts';
import type { JournalStatus } from '../journal/journal.ts';
import { readJournal } from '../journal/reader.ts';
import type { CaptureRecord } from '../model/capture.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { PlaceSource } from '../model/place.ts';
import type { Clock } from '../platform/clock.ts';
import type { EventStore } from '../store/event-store.ts';
import { createApp } from './app.ts';
import { createLedgerSnapshots } from './ledger-snapshot.ts';
import { createLiveFeed } from './live-feed.ts';
import type { SensorPlace } from './overview.ts';
import { statusView } from './overview.ts';
import { isLoopback } from './own-address.ts';
import { loadPageFiles } from './page-files.ts';

export interface Dashboard {
  readonly host: string;
  readonly port: number;
  /** Pushes what just happened to open pages. */
  publish(events: readonly Event[], findings: readonly Finding[]): void;
  close(): Promise<void>;
}

export interface DashboardOptions {
  /** Anywhere but on loopback, only with `password` and `tls`. */
  readonly host: string;
  readonly port: number;
  readonly ledger: Ledger;
  readonly journal: { readonly folder: string; status(): JournalStatus };
  /** Where the sensors keep the bytes of visits. */
  readonly recordings?: string;
  readonly store?: EventStore | undefined;
  readonly placeSources?: readonly PlaceSource[];
  readonly captures?: () => readonly CaptureRecord[];
  readonly audits?: string;
  readonly password?: string | undefined;
  /** PEM. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly sensors: readonly SensorPlace[];
  readonly version: string;
  readonly clock: Clock;
  /** The built page: `dist/ui`. */
  readonly pageFolder: string;
}

/** A host the dashboard refuses to listen on as it is asked to. */
export class NotLoopbackError extends Error {
  readonly remedy =
    'Give it a password (--dashboard-password-file), or use 127.0.0.1 and reach it from elsewhere over ssh -L.';
}

const SERVER_OPTIONS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
};
/** A connection on which nothing moved for so long is closed: a page that stopped reading its stream, say. */
const IDLE_MS = 60_000;
const MOST_CONNECTIONS = 256;

/**
 * Serves the page and its API.
 *
 * @throws NotLoopbackError for a host beyond loopback without password and TLS; the system's error when it cannot listen (EADDRINUSE, EACCES).
 */
export async function listenDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { ledger, journal, sensors, version, clock, store, password, tls } = options;
  const open = password !== undefined && tls !== undefined;
  if (!isLoopback(options.host) && !open) {
    throw new NotLoopbackError(`Without a password the dashboard does not listen on '${options.host}'.`);
  }
  let address = { host: options.host, port: options.port, open };
  const live = createLiveFeed(() => statusView({ ledger, journal, now: clock.now() }), version);
  const app = createApp({
    ledger,
    snapshot: createLedgerSnapshots(ledger, clock),
    journal,
    readEvents: (filter, onDamage) => readJournal(journal.folder, filter, onDamage),
    recordings: options.recordings,
    store,
    password,
    placeSources: options.placeSources ?? [],
    captures: options.captures ?? (() => []),
    audits: options.audits,
    sensors,
    version,
    clock,
    live,
    page: loadPageFiles(options.pageFolder),
    address: () => address,
  });
  const server = createAdaptorServer(
    tls === undefined
      ? { fetch: app.fetch, serverOptions: SERVER_OPTIONS }
      : {
          fetch: app.fetch,
          createServer: createSecureServer,
          serverOptions: { ...SERVER_OPTIONS, ...tls, minVersion: 'TLSv1.2' },
        },
  ) as Server;
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(IDLE_MS);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  }).catch((error: unknown) => {
    live.close();
    throw error;
  });
  address = { host: options.host, port: (server.address() as AddressInfo).port, open };
  return {
    host: address.host,
    port: address.port,
    publish: (events, findings) => live.publish(events, findings),
    close: async () => {
      live.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
