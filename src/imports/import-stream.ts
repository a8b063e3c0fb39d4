import type { PastRecorder } from '../model/recorder.ts';
import type { Format } from './format.ts';
import { READERS } from './format.ts';
import type { Report } from './report.ts';
import { createReport } from './report.ts';
import type { Times } from './times.ts';
import { createTimes } from './times.ts';
import { EndsEarly } from './unpacked.ts';
import { createVisits } from './visits.ts';

export interface StreamOptions {
  readonly format: Format;
  readonly recorder: PastRecorder;
  readonly sensor: string;
  readonly port: number;
  /** Milliseconds since 1970 UTC: later times than tomorrow's are impossible. */
  readonly now: number;
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
  const { format, recorder, sensor, port, now, signal } = options;
  const { create, gap } = READERS[format];
  const report = createReport();
  const times = createTimes(now);
  const visits = createVisits({ recorder, sensor, port, gap });
  const reader = create({ visits, times, report, port });
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
  }
  return {
    report,
    interrupted,
    sessions: visits.opened,
    impossibleTimes: times.impossible,
    span: times.span,
  };
}
