import type { PastRecorder } from '../model/recorder.ts';
import type { Format } from './format.ts';
import { READERS } from './format.ts';
import type { Report } from './report.ts';
import { createReport } from './report.ts';
import type { Times } from './times.ts';
import { createTimes } from './times.ts';
import { EndsEarly } from './unpacked.ts';
import { createVisits } from './visits.ts';
import type { TrustedProxies } from './web/trusted-proxies.ts';
import { createWebVisits } from './web/web-visit.ts';

export interface StreamOptions {
  readonly format: Format;
  readonly recorder: PastRecorder;
  readonly sensor: string;
  /** Where the server listened; the format's usual one when absent. */
  readonly port?: number | undefined;
  /** Of web logs: whose X-Forwarded-For is believed. */
  readonly proxies?: TrustedProxies | undefined;
  /** Milliseconds since 1970 UTC, asked again as time goes on: later times than tomorrow's are impossible. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface Imported {
  readonly report: Report;
  readonly sessions: number;
  readonly impossibleTimes: number;
  readonly span: Times['span'];
  /** The signal came before the end. */
  readonly interrupted: boolean;
}

/** Reads one file into a recorder, no faster than that can write. Rejects with what reading rejects with, `EndsEarly` excepted. */
export async function importStream(chunks: AsyncIterable<Buffer>, options: StreamOptions): Promise<Imported> {
  const { format, recorder, sensor, now, signal, proxies } = options;
  const { create, gap, port: usual } = READERS[format];
  const port = options.port ?? usual;
  const report = createReport();
  const times = createTimes(now);
  const visits = createVisits({ recorder, sensor, port, gap });
  const webVisits = createWebVisits({ recorder, sensor, port, gap });
  const reader = create({ visits, webVisits, times, report, port, proxies });
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let interrupted = false;
  try {
    for await (const chunk of chunks) {
      interrupted = signal.aborted;
      if (interrupted) break;
      reader.push(chunk);
      if (recorder.saturated) await Promise.race([recorder.drained(), stopped]);
    }
  } catch (error) {
    if (!(error instanceof EndsEarly)) throw error;
    report.fault(error.message, report.units + 1);
  } finally {
    if (!interrupted) reader.end();
    visits.end();
    webVisits.end();
  }
  return {
    report,
    interrupted,
    sessions: visits.opened + webVisits.opened,
    impossibleTimes: times.impossible,
    span: times.span,
  };
}
