import { Hono } from 'hono';
import type { DashboardContext } from './context.ts';
import { addExportRoutes } from './export-routes.ts';
import { addFeedRoutes } from './feeds/feed-routes.ts';
import { createFeedSource } from './feeds/feed-source.ts';
import { addTaxiiRoutes } from './feeds/taxii-routes.ts';
import { addInsightRoutes } from './insight-routes.ts';
import { addListRoutes } from './list-routes.ts';
import { addMetricsRoutes } from './metrics-route.ts';
import { addOverviewRoute } from './overview-route.ts';
import { addPageRoutes } from './page-routes.ts';
import { addRecordingRoute } from './recording-route.ts';
import { refuseStrangers, securityHeaders } from './security.ts';
import { addSessionRoutes } from './session-routes.ts';
import { requirePassword } from './sign-in.ts';
import { addStoreRoutes } from './store-routes.ts';
import { addStreamRoute } from './stream-route.ts';

/** The dashboard as a function from request to answer; it listens nowhere itself. */
export function createApp(context: DashboardContext): Hono {
  const app = new Hono();
  app.use(securityHeaders, refuseStrangers(context.address));
  if (context.password !== undefined) app.use(requirePassword(context.password, context.clock));
  addOverviewRoute(app, context);
  addExportRoutes(app, context);
  addSessionRoutes(app, context);
  addRecordingRoute(app, context);
  addInsightRoutes(app, context);
  addMetricsRoutes(app, context);
  addListRoutes(app, context);
  addStoreRoutes(app, context);
  addStreamRoute(app, context);
  const feeds = createFeedSource(context);
  addFeedRoutes(app, feeds);
  addTaxiiRoutes(app, feeds);
  addPageRoutes(app, context);
  app.notFound(({ json }) => json({ error: 'There is nothing at this address.' }, 404));
  app.onError((_, { json }) =>
    json({ error: 'The dashboard could not answer this: a fault of Sundew.' }, 500),
  );
  return app;
}
