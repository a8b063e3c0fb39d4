import type { Hono } from 'hono';
import type { DashboardContext } from './context.ts';
import { createGate } from './gate.ts';
import { readQuery } from './read-query.ts';
import { recordingPage } from './recording-page.ts';

/** One at a time: a recording is read from its beginning, beside the sensors. */
const READING = { atOnce: 1, waiting: 16 };

export function addRecordingRoute(app: Hono, { ledger, recordings }: DashboardContext): void {
  const gate = createGate(READING);

  app.get('/api/sessions/:id/recording', async (context) => {
    const { req, json } = context;
    const session = ledger.session(req.param('id'));
    if (session === undefined) return json({ error: 'There is no such session.' }, 404);
    const read = readQuery(context);
    if ('refused' in read) return read.refused;
    const answer = gate.enter(() => recordingPage(recordings, session.id, read.query, req.raw.signal));
    if (answer === undefined) {
      return json({ error: 'Too many are reading recordings at this moment.', remedy: 'Try again.' }, 503);
    }
    return json(await answer);
  });
}
