import { signal } from '@preact/signals';

/** Where the page is: `#/sessions/abc?since=24h` is `['sessions', 'abc']` with `{ since: '24h' }`. */
export interface Route {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

export const route = signal<Route>(readRoute());
/** How many steps of this page's own lie behind: without any, Esc goes up instead of back. */
let steps = 0;
/** Whether the view that is open was come back to. */
export const cameBack = { now: false };
let goingBack = false;

addEventListener('hashchange', () => {
  steps += goingBack ? -1 : 1;
  cameBack.now = goingBack;
  goingBack = false;
  route.value = readRoute();
});

/** The address of a view; parts may be anything, also bytes an attacker chose. */
export function href(path: readonly string[], query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

export function go(path: readonly string[], query: Query = {}): void {
  location.hash = href(path, query);
}

/** Changes the filters of the view that is open, without a step in the history. */
export function changeQuery(change: Query): void {
  const { path, query } = route.value;
  history.replaceState(history.state, '', href(path, { ...query, ...change }));
  route.value = readRoute();
}

export function goBack(): void {
  const { path } = route.value;
  if (steps > 0) {
    goingBack = true;
    history.back();
  } else if (path.length > 1) go(path.slice(0, -1));
  else if (path[0] !== 'now') go(['now']);
}

function readRoute(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').filter((part) => part !== '');
  return {
    path: parts.length === 0 ? ['now'] : parts.map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
