/** What became of one file; a unit is a line, of a packet capture a packet. */
export interface Report {
  /** Units so far; the one at hand has this number. */
  units: number;
  /** Units that could not be read. */
  broken: number;
  /** Units that tell of another protocol. */
  notRedis: number;
  /** Units that are fine and tell of nothing done. */
  ignored: number;
  /** The first broken ones; `unit` counts from 1, and is 0 for the file as a whole. */
  readonly places: { readonly unit: number; readonly why: string }[];
  fault(why: string, unit?: number): void;
}

const MOST_PLACES = 5;

export function createReport(): Report {
  const report: Report = {
    units: 0,
    broken: 0,
    notRedis: 0,
    ignored: 0,
    places: [],
    fault: (why, unit = report.units) => {
      report.broken++;
      if (report.places.length < MOST_PLACES) report.places.push({ unit, why });
    },
  };
  return report;
}
