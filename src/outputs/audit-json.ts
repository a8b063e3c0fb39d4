import type { ReportFormat } from './report-format.ts';
import { safeJson } from './safe-json.ts';

/** One array, one report a line: a reader that goes by lines, such as `--baseline`, needs not hold it all. */
export function auditJson(): ReportFormat {
  let any = false;
  return {
    begin: () => '[',
    add: (report) => {
      const text = `${any ? ',' : ''}\n${safeJson(report)}`;
      any = true;
      return text;
    },
    end: () => '\n]\n',
  };
}

/** One report a line, as they finish. */
export function auditNdjson(): ReportFormat {
  return { begin: () => '', add: (report) => `${safeJson(report)}\n`, end: () => '' };
}
