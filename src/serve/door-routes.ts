import type { Hono } from 'hono';
import { z } from 'zod';
import { seenOnAll, worksLikeRedisWannaMine } from '../analysis/doors.ts';
import { Protocol } from '../model/act.ts';
import { printableText } from '../model/printable.ts';
import { doorView } from '../outputs/door-view.ts';
import type { DoorAnswer } from './answers.ts';
import type { DashboardContext } from './context.ts';
import { EXPORT_FORMATS } from './export-formats.ts';
import { sincePoint } from './list-query.ts';

const Query = z.object({
  on: z
    .string()
    .default('redis,http')
    .transform((text) => [...new Set(text.split(','))])
    .pipe(Protocol.array().min(2)),
  since: z
    .string()
    .regex(/^\d{1,4}[hd]$/)
    .default('7d'),
});
const WINDOW = 24 * 3_600_000;
const MOST = 1_000;
const MOST_RULES = 20;

/** `/api/doors`: addresses that were at several doors within a day. */
export function addDoorRoutes(app: Hono, { ledger, clock }: DashboardContext): void {
  const tiesOf = (query: z.infer<typeof Query>): ReturnType<typeof seenOnAll> => {
    const from = sincePoint(query.since, clock.now());
    return seenOnAll(ledger.doors(), query.on, WINDOW).filter(({ doors }) =>
      doors.some(({ visits }) => visits.some(({ to }) => to >= from)),
    );
  };
  app.get('/api/doors', ({ req, json }) => {
    const query = Query.safeParse(req.query());
    if (!query.success) return json({ error: 'on is written as redis,http and since as 24h or 7d.' }, 400);
    const ties = tiesOf(query.data);
    const answer: DoorAnswer = {
      total: ties.length,
      offset: 0,
      items: ties.slice(0, MOST).map((one) => ({
        address: printableText(one.address, 100),
        worksLike: worksLikeRedisWannaMine(one) ? 'RedisWannaMine' : null,
        doors: one.doors.map(({ protocol, visits, commands, attacks, rules }) => ({
          protocol,
          visits: visits.length,
          first: visits[0]?.from ?? 0,
          last: Math.max(...visits.map(({ to }) => to)),
          commands,
          attacks,
          rules: rules.slice(0, MOST_RULES).map((rule) => printableText(rule, 200)),
        })),
      })),
    };
    return json(answer);
  });
  for (const [ending, format] of Object.entries(EXPORT_FORMATS)) {
    app.get(`/api/export/doors.${ending}`, (context) => {
      const query = Query.safeParse(context.req.query());
      if (!query.success) return context.json({ error: 'on is written as redis,http.' }, 400);
      return context.body(format.write(tiesOf(query.data), doorView.columns), 200, {
        'content-type': format.type,
        'content-disposition': `attachment; filename="sundew-doors.${ending}"`,
      });
    });
  }
}
