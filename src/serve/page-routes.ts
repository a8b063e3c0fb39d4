import type { Hono } from 'hono';
import type { DashboardContext } from './context.ts';

const UNBUILT = `The dashboard's page has not been built. Build it with: npm run build:ui
The API works without it: /api/overview
`;

export function addPageRoutes(app: Hono, { page }: DashboardContext): void {
  if (!page.has('/')) app.get('/', ({ text }) => text(UNBUILT, 503));
  for (const [path, { body, type, lasting }] of page) {
    const headers = {
      'content-type': type,
      'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    app.get(path, (context) => context.body(body, 200, headers));
  }
}
