import { readFileSync, statSync } from 'node:fs';
import type { Baseline } from '../../analysis/baseline.ts';
import { BaselineLine, baselineLine, createBaseline, EarlierReport } from '../../analysis/baseline.ts';
import { Complaint } from '../exit.ts';
import { lineJson, reportLines } from './report-lines.ts';

/** A JSON document that is not one report a line has to fit into memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** An earlier report (JSON or NDJSON), or what `--write-baseline` has written. */
export async function readBaseline(path: string): Promise<Baseline> {
  const baseline = createBaseline();
  for await (const { text } of reportLines(path)) {
    if (text === '' || text === '[' || text === ']') continue;
    if (!take(baseline, lineJson(text))) return wholeDocument(path);
  }
  return baseline;
}

function take(baseline: Baseline, json: unknown): boolean {
  const line = BaselineLine.safeParse(json);
  const report = line.success ? undefined : EarlierReport.safeParse(json);
  if (line.success) baseline.add(line.data);
  else if (report?.success === true) baseline.add(baselineLine(report.data));
  else return false;
  return true;
}

/** One that was indented, by jq for example. */
function wholeDocument(path: string): Baseline {
  const baseline = createBaseline();
  const json = statSync(path).size > MOST_BYTES ? undefined : lineJson(readFileSync(path, 'utf8'));
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (!list.every((one) => take(baseline, one))) {
    throw new Complaint(
      `${path} is no baseline.`,
      'Name what sundew audit wrote with --json, --ndjson or --write-baseline.',
    );
  }
  return baseline;
}
