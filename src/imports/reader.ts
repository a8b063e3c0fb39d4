import type { Report } from './report.ts';
import type { Times } from './times.ts';
import type { Visits } from './visits.ts';
import type { TrustedProxies } from './web/trusted-proxies.ts';
import type { WebVisits } from './web/web-visit.ts';

/** Reads one file of one format, in pieces of any size, and never throws on bytes: what is broken goes to the report. */
export interface Reader {
  push(chunk: Buffer): void;
  end(): void;
}

/** What every reader is handed. */
export interface ReaderParts {
  readonly visits: Visits;
  readonly webVisits: WebVisits;
  readonly times: Times;
  readonly report: Report;
  /** The port of the server that was watched. */
  readonly port: number;
  /** Whose X-Forwarded-For is believed; nobody's when absent. */
  readonly proxies: TrustedProxies | undefined;
}
