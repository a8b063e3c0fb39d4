import type { Hono } from 'hono';
import type { SessionAnswer } from './answers.ts';
import type { DashboardContext } from './context.ts';
import { findingView } from './finding-view.ts';
import { createGate } from './gate.ts';
import { readQuery } from './read-query.ts';
import { sessionEvents } from './session-events.ts';
import { sessionView } from './session-view.ts';

/** Reading the journal costs disk and time: a page that asks a lot must not slow the sensors. */
const READING = { atOnce: 2, waiting: 16 };

export function addSessionRoutes(app: Hono, { ledger, snapshot, readEvents }: DashboardContext): void {
  const gate = createGate(READING);

  app.get('/api/sessions/:id', ({ req, json }) => {
    const session = ledger.session(req.param('id'));
    if (session === undefined) return json({ error: 'There is no such session.' }, 404);
    const answer: SessionAnswer = {
      session: sessionView(session, snapshot()),
      findings: snapshot().findingsOf(session.id).map(findingView),
    };
    return json(answer);
  });

  app.get('/api/sessions/:id/events', async (context) => {
    const { req, json } = context;
    const session = ledger.session(req.param('id'));
    if (session === undefined) return json({ error: 'There is no such session.' }, 404);
    const read = readQuery(context);
    if ('refused' in read) return read.refused;
    const answer = gate.enter(() => sessionEvents(readEvents, session, read.query, req.raw.signal));
    if (answer === undefined) {
      return json({ error: 'Too many are reading the journal at this moment.', remedy: 'Try again.' }, 503);
    }
    return json(await answer);
  });
}
