import type { Hono } from 'hono';
import type { IndicatorAnswer } from './answers.ts';
import type { DashboardContext } from './context.ts';
import { indicatorId, indicatorView } from './indicator-view.ts';
import { LISTS } from './lists.ts';
import { readQuery } from './read-query.ts';
import { sessionView } from './session-view.ts';

export function addListRoutes(app: Hono, { ledger, snapshot, clock }: DashboardContext): void {
  for (const [name, { page }] of Object.entries(LISTS)) {
    app.get(`/api/${name}`, (context) => {
      const read = readQuery(context);
      if ('refused' in read) return read.refused;
      return context.json(page(read.query, snapshot(), clock.now()));
    });
  }

  app.get('/api/indicators/:id', ({ req, json }) => {
    const indicator = snapshot()
      .indicators()
      .find((one) => indicatorId(one) === req.param('id'));
    if (indicator === undefined) return json({ error: 'There is no such indicator.' }, 404);
    const sessions = indicator.sessions.toReversed().flatMap((id) => ledger.session(id) ?? []);
    const answer: IndicatorAnswer = {
      indicator: indicatorView(indicator, snapshot()),
      sessions: sessions.map((session) => sessionView(session, snapshot())),
    };
    return json(answer);
  });
}
