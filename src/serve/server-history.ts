import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AuditReport } from '../model/audit-report.ts';

/** What the kept audits say, the newest first; files that have not changed are not read again. */
export interface ServerHistory {
  reports(): Promise<readonly AuditReport[]>;
}

/** Files and reports that are looked at, the newest first. */
const MOST_FILES = 100;
const MOST_REPORTS = 20_000;

export function createServerHistory(folder: string): ServerHistory {
  const known = new Map<string, { readonly changed: number; readonly reports: readonly AuditReport[] }>();

  const fileReports = async (name: string): Promise<readonly AuditReport[]> => {
    const path = join(folder, name);
    const changed = (await stat(path)).mtimeMs;
    const before = known.get(name);
    if (before?.changed === changed) return before.reports;
    const reports: AuditReport[] = [];
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const report = AuditReport.safeParse(parsed(line));
      if (report.success) reports.push(report.data);
      if (reports.length >= MOST_REPORTS) break;
    }
    known.set(name, { changed, reports });
    return reports;
  };
  return {
    reports: async () => {
      const names = (await readdir(folder).catch((): string[] => []))
        .filter((name) => name.endsWith('.ndjson'))
        .toSorted()
        .slice(-MOST_FILES);
      for (const name of known.keys()) if (!names.includes(name)) known.delete(name);
      const all: AuditReport[] = [];
      for (const name of names.toReversed()) {
        all.push(...(await fileReports(name).catch(() => [])));
        if (all.length >= MOST_REPORTS) break;
      }
      return all.toSorted((a, b) => b.time - a.time);
    },
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
