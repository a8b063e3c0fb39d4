import type { Random } from '../../platform/random.ts';
import type { Site } from './site.ts';

/** What the application behind the server says; the server puts its own headers around it. */
export interface AppAnswer {
  readonly kind: 'page' | 'redirect' | 'json' | 'not-allowed';
  readonly body: Buffer;
  /** Of a redirect: a path. */
  readonly location?: string;
  readonly cookie?: string;
}

/** What the application looks at in a request, and nothing else. */
export interface AppRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  /** A file came with the form. */
  readonly file: boolean;
}

export interface App {
  /** Whether this path is the application's and not a file's. */
  owns(path: string): boolean;
  answer(request: AppRequest): AppAnswer;
}

/** Nobody ever signs in, and what was sent is never shown. */
export function createApp(site: Site, random: Random): App {
  const pages = new Map<string, Buffer>();
  const page = (name: string): AppAnswer => {
    const body = pages.get(name) ?? site.page(name);
    pages.set(name, body);
    return { kind: 'page', body };
  };
  const refused: AppAnswer = { kind: 'not-allowed', body: Buffer.alloc(0) };
  const routes: Readonly<Record<string, (request: AppRequest) => AppAnswer>> = {
    '/login': ({ method, query }) => {
      if (method === 'POST') return { kind: 'redirect', body: Buffer.alloc(0), location: '/login?failed=1' };
      const cookie = `sid=${random.hex(16)}; Path=/; HttpOnly; SameSite=Lax`;
      return { ...page(/(^|&)failed=1(&|$)/.test(query) ? 'login-wrong' : 'login'), cookie };
    },
    '/upload': ({ method, file }) => {
      if (method === 'POST') return page(file ? 'uploaded' : 'upload-missing');
      return page('upload');
    },
    '/status': ({ method }) =>
      method === 'POST'
        ? refused
        : { kind: 'json', body: Buffer.from(`{"status":"ok","release":"${site.release}"}`) },
  };
  return {
    owns: (path) => Object.hasOwn(routes, path),
    answer: (request) =>
      ['GET', 'HEAD', 'POST'].includes(request.method)
        ? (routes[request.path]?.(request) ?? refused)
        : refused,
  };
}
