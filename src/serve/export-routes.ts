import type { Hono } from 'hono';
import type { DashboardContext } from './context.ts';
import { EXPORT_FORMATS } from './export-formats.ts';
import { LISTS } from './lists.ts';
import { readQuery } from './read-query.ts';

/** `/api/export/<list>.<format>`: the whole list under the same filters, as a file to keep. */
export function addExportRoutes(app: Hono, { snapshot, clock }: DashboardContext): void {
  for (const [name, { write }] of Object.entries(LISTS)) {
    if (write === undefined) continue;
    for (const [ending, format] of Object.entries(EXPORT_FORMATS)) {
      app.get(`/api/export/${name}.${ending}`, (context) => {
        const read = readQuery(context);
        if ('refused' in read) return read.refused;
        return context.body(write(format, read.query, snapshot(), clock.now()), 200, {
          'content-type': format.type,
          'content-disposition': `attachment; filename="sundew-${name}.${ending}"`,
        });
      });
    }
  }
}
