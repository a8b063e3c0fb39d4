import type { Context, MiddlewareHandler } from 'hono';
import type { OwnAddress } from './own-address.ts';
import { isOwnHost, isOwnOrigin } from './own-address.ts';

/** Nothing but our own script and style, no frame, no form, no way out; and no string may become markup. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), usb=()',
};
const LONGEST_TARGET = 2_048;

/** On every answer, refusals and errors too. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
};

/** Lets only a page of ours, or a person's own tool on this machine, ask; each refusal says why. */
export function refuseStrangers(own: () => OwnAddress): MiddlewareHandler {
  return async (context, next) => refusal(context, own()) ?? (await next());
}

function refusal(context: Context, own: OwnAddress): Response | undefined {
  const { req } = context;
  if (!isOwnHost(req.header('host'), own)) {
    return context.text(
      `The dashboard answers to 127.0.0.1, [::1] and localhost with port ${own.port} only, so that no web page can reach it under a name of its own (DNS rebinding). Through a tunnel, forward the same port: ssh -L ${own.port}:127.0.0.1:${own.port} HOST\n`,
      421,
    );
  }
  const origin = req.header('origin');
  if (origin !== undefined && !isOwnOrigin(origin, own, req.header('host'))) {
    return context.text('Pages of another origin may not read the dashboard.\n', 403);
  }
  if (!isSameSiteRequest(req.header('sec-fetch-site')) && !opensThePage(context)) {
    return context.text('Another site may link to the dashboard, not read or embed it.\n', 403);
  }
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    context.header('allow', 'GET, HEAD');
    return context.text('The dashboard only shows: GET and HEAD.\n', 405);
  }
  if (Number(req.header('content-length') ?? 0) !== 0 || req.header('transfer-encoding') !== undefined) {
    context.header('connection', 'close');
    return context.text('A request to the dashboard has no body.\n', 413);
  }
  return req.url.length > LONGEST_TARGET ? context.text('The address is too long.\n', 414) : undefined;
}

/** Browsers always say; other programs do not. `none` is a person's own doing: typed or a bookmark. */
function isSameSiteRequest(header: string | undefined): boolean {
  return header === undefined || header === 'same-origin' || header === 'none';
}

/** A link in a ticket or chat may open the page itself: it holds no data, and cannot be framed. */
function opensThePage({ req }: Context): boolean {
  return (
    req.path === '/' &&
    req.header('sec-fetch-mode') === 'navigate' &&
    req.header('sec-fetch-dest') === 'document'
  );
}
