import { existsSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { AuditReport } from '../../model/audit-report.ts';
import { Complaint } from '../exit.ts';
import { lineJson, reportLines } from './report-lines.ts';

export interface Resumed {
  /** Targets, as reports name them, that need not be asked again. */
  readonly done: ReadonlySet<string>;
  /** The file ended in the middle of a line, as after kill -9: that line was dropped. */
  readonly cut: boolean;
}

/**
 * Reads what an earlier run has written, and makes the file end with its last whole report, so that new ones can be
 * appended. A file that is not there is one without reports.
 *
 * @param each gets every earlier report: they count in the summary, the other outputs and the exit status.
 */
export async function resumeFrom(
  path: string,
  each: (report: AuditReport) => Promise<void>,
): Promise<Resumed> {
  const done = new Set<string>();
  if (!existsSync(path)) return { done, cut: false };
  let good = 0;
  let cut = false;
  let number = 0;
  for await (const { text, end, whole } of reportLines(path)) {
    number++;
    const report = text === '' ? undefined : AuditReport.safeParse(lineJson(text));
    if (!whole) {
      // Kill -9 leaves the beginning of a report. Anything else is somebody's file, and stays as it is.
      if (!text.startsWith('{"target":')) notOurs(path, number);
      cut = true;
      break;
    }
    if (report?.success === false) notOurs(path, number);
    good = end;
    if (report === undefined || done.has(report.data.target)) continue;
    done.add(report.data.target);
    await each(report.data);
  }
  if (cut) await truncate(path, good);
  return { done, cut };
}

function notOurs(path: string, line: number): never {
  throw new Complaint(
    `${path}:${line} is no report of this version.`,
    'Only a file that --resume or --out FILE.ndjson has written can be resumed.',
  );
}
