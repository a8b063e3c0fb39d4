import type { Hono } from 'hono';
import type { DashboardContext } from './context.ts';

const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };

/** Server-sent events; see StreamMessages for what they carry. */
export function addStreamRoute(app: Hono, { live }: DashboardContext): void {
  app.get('/api/stream', ({ req, body, json }) => {
    if (req.method === 'HEAD') return body(null, 200, HEADERS);
    const stream = live.connect();
    if (stream === undefined) {
      return json({ error: 'Too many pages are open.', remedy: 'Close one of them.' }, 503, {
        'retry-after': '10',
      });
    }
    return body(stream, 200, HEADERS);
  });
}
