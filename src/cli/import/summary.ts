import type { Format } from '../../imports/format.ts';
import { READERS } from '../../imports/format.ts';
import type { Imported } from '../../imports/import-stream.ts';
import { printableText } from '../../model/printable.ts';
import { timeText } from '../../outputs/times.ts';

/** What became of one file; the JSON of the command is a list of these. */
export interface FileSummary {
  readonly file: string;
  readonly sha256: string;
  readonly format: Format;
  readonly sensor: string;
  /** Lines, or packets of a capture. */
  readonly units: number;
  readonly sessions: number;
  readonly events: number;
  /** Events by the type of their act. */
  readonly acts: Readonly<Record<string, number>>;
  readonly broken: number;
  readonly notRedis: number;
  readonly ignored: number;
  readonly impossibleTimes: number;
  /** Milliseconds since 1970 UTC; null when no time was possible. */
  readonly first: number | null;
  readonly last: number | null;
  readonly interrupted: boolean;
  /** With --crs: requests on which rules of paranoia level 1 hold, by class. */
  readonly crs?: Readonly<Record<string, number>>;
  /** The first broken units; `unit` counts from 1. */
  readonly places: readonly { readonly unit: number; readonly why: string }[];
}

export function summaryOf(
  about: Pick<FileSummary, 'file' | 'sha256' | 'format' | 'sensor'>,
  { report, sessions, impossibleTimes, span, interrupted }: Imported,
  acts: ReadonlyMap<string, number>,
): FileSummary {
  return {
    ...about,
    units: report.units,
    sessions,
    events: [...acts.values()].reduce((sum, count) => sum + count, 0),
    acts: Object.fromEntries([...acts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    broken: report.broken,
    notRedis: report.notRedis,
    ignored: report.ignored,
    impossibleTimes,
    first: span?.first ?? null,
    last: span?.last ?? null,
    interrupted,
    places: report.places,
  };
}

/** For people: one paragraph a file. */
export function summaryText(summary: FileSummary, dryRun: boolean): string {
  const { file, format, sensor, units, sessions, events, first, last } = summary;
  const span = first === null || last === null ? '' : `, ${timeText(first)} to ${timeText(last)}`;
  const not = dryRun ? ' (dry run: nothing was written)' : '';
  const notes = [
    [summary.broken, 'broken'],
    [summary.notRedis, 'not redis'],
    [summary.impossibleTimes, 'with an impossible time'],
  ] as const;
  const told = notes.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [
    `${printableText(file)}: ${format}, ${units} ${READERS[format].unit}${span}\n`,
    `  ${sessions} sessions, ${events} events as sensor ${printableText(sensor)}${not}\n`,
    ...(told.length === 0 ? [] : [`  ${told.join(', ')}\n`]),
    ...(summary.interrupted ? ['  interrupted: what came later is not there\n'] : []),
  ].join('');
}

/** Where the first broken units are: `file:line: why`. */
export function placeLines({ file, broken, places }: FileSummary): string {
  const lines = places.map(({ unit, why }) => `${printableText(file)}:${unit}: ${printableText(why)}\n`);
  const more = broken - places.length;
  return lines.join('') + (more > 0 ? `${printableText(file)}: and ${more} more\n` : '');
}
