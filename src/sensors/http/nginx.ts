import type { RequestHead } from '../../wire/http1/head.ts';
import { headerOf, headersOf } from '../../wire/http1/head.ts';
import type { Answer, Values } from './answer.ts';
import { fillAnswer } from './answer.ts';
import type { Family, Plan, Situation } from './family.ts';
import { packedAsNginx, padded } from './nginx-filters.ts';
import { recorded } from './persona.ts';
import { httpDate, selectionOf } from './preconditions.ts';
import type { SiteFile } from './site.ts';
import type { TargetPath } from './target-path.ts';
import { parseTarget } from './target-path.ts';

/** keepalive_requests. */
const MOST_REQUESTS = 1_000;

export const nginx: Family = {
  // client_header_buffer_size 1k, large_client_header_buffers 4 8k.
  limits: { line: 8_192, header: 8_192, headers: 34_000, count: 100_000 },
  // client_header_timeout, client_body_timeout, keepalive_timeout.
  times: { head: 60_000, body: 60_000, idle: 75_000 },
  broken: (start) => /^[A-Z_-]*[^A-Z_\- ]/.test(start),
  plan: (situation) => {
    const { head } = situation;
    const bare = head.version === '0.9' && !head.flaws.has('line-too-long');
    const early = refusal(head);
    const target = parseTarget(head.target);
    if (early !== undefined || target === undefined) {
      return page(situation, early ?? '400', { path: '', query: '', close: true, bare, continues: false });
    }
    const close = !keepsAlive(situation);
    const plan = { path: target.path, query: target.query, close, bare, continues: false };
    if (situation.app.owns(target.path)) return { ...plan, continues: expects(head) };
    return staticPlan(situation, target, plan);
  },
  spoil: (situation, plan) => {
    const { answer } = plan;
    const last = { ...plan, close: true };
    if (answer === undefined || answer.status < 300) return page(situation, '400', last);
    const headers = answer.headers.map(([name, value]): [string, string] => [
      name,
      name === 'Connection' ? 'close' : value,
    ]);
    return { ...last, answer: { ...answer, headers } };
  },
  wrap: (answer, situation, plan) => {
    const values = valuesOf(situation, plan);
    switch (answer.kind) {
      case 'not-allowed':
        return fillAnswer(recorded(situation.persona, 'app-405'), values, answer.body);
      case 'redirect':
        return fillAnswer(
          recorded(situation.persona, 'app-redirect'),
          { ...values, location: answer.location ?? '' },
          answer.body,
        );
      case 'json':
        return fillAnswer(recorded(situation.persona, 'app-json'), values, answer.body);
      case 'page': {
        const name = answer.cookie === undefined ? 'app-plain' : 'app-page';
        const all = { ...values, cookie: answer.cookie ?? '' };
        return packedAsNginx(fillAnswer(recorded(situation.persona, name), all, answer.body), situation.head);
      }
    }
  },
};

/** The page of a request that is refused before anyone looks for its target; it ends the connection. */
function refusal(head: RequestHead): string | undefined {
  const { flaws, method, version } = head;
  if (flaws.has('line')) return '400';
  if (flaws.has('line-too-long')) return '414';
  if (version === '0.9') return method === 'GET' ? undefined : '400';
  const numbers = /^([1-9]\d{0,2})\.(\d{1,3})$/.exec(version);
  if (numbers === null || parseTarget(head.target) === undefined) return '400';
  if (Number(numbers[1]) > 1) return '505';
  const large = ['header-too-long', 'headers-too-long', 'too-many-headers'] as const;
  if (large.some((flaw) => flaws.has(flaw))) return '400-large';
  const bad = [
    'space-before-colon',
    'fold',
    'no-name',
    'nul',
    'length',
    'two-lengths',
    'length-and-coding',
  ] as const;
  if (bad.some((flaw) => flaws.has(flaw))) return '400';
  const old = version.startsWith('1.0');
  const hosts = headersOf(head, 'host');
  if (hosts.length > 1 || (hosts.length === 0 && !old)) return '400';
  if (hosts[0] !== undefined && !/^[^\0-\u0020/\u007f]+$/.test(hosts[0])) return '400';
  if (headerOf(head, 'transfer-encoding') !== undefined && old) return '400';
  if (flaws.has('coding')) return '501';
  return method === 'TRACE' || method === 'CONNECT' ? '405' : undefined;
}

function keepsAlive({ head, served }: Situation): boolean {
  if (head.version === '0.9' || served + 1 >= MOST_REQUESTS) return false;
  const connection = (headerOf(head, 'connection') ?? '').toLowerCase();
  if (connection.includes('close')) return false;
  return !head.version.startsWith('1.0') || connection.includes('keep-alive');
}

function expects(head: RequestHead): boolean {
  return /^100-continue$/i.test(headerOf(head, 'expect') ?? '') && /^1\.0*[1-9]/.test(head.version);
}

/** `try_files $uri $uri/ =404`, with an index. */
function staticPlan(situation: Situation, target: TargetPath, plan: Plan): Plan {
  const { head, site } = situation;
  const path = target.path === '/' ? '/index.html' : target.path;
  const file = site.files.get(path);
  if (file !== undefined) {
    if (head.method !== 'GET' && head.method !== 'HEAD') return page(situation, '405', plan);
    const answer = fileAnswer(situation, path, file, plan);
    // After this one nginx hangs up although it has said that it would not.
    return { ...plan, answer, close: plan.close || answer.status === 412, continues: expects(head) };
  }
  if (site.folders.has(path)) return page(situation, '403', plan);
  if (!site.folders.has(`${path}/`)) return page(situation, '404', plan);
  if (!['GET', 'HEAD', 'POST'].includes(head.method)) return page(situation, '405', plan);
  return page(situation, '301', plan, { location: folderUrl(situation, target) });
}

function folderUrl({ head, local, secure }: Situation, { path, query, host }: TargetPath): string {
  const name = (host ?? headerOf(head, 'host')?.toLowerCase() ?? local.address).replace(/:\d*$/, '');
  const port = local.port === (secure ? 443 : 80) ? '' : `:${local.port}`;
  return `http${secure ? 's' : ''}://${name}${port}${path}/${query === '' ? '' : `?${query}`}`;
}

function fileAnswer(situation: Situation, path: string, file: SiteFile, plan: Plan): Answer {
  const { head, persona } = situation;
  const { content, modified } = file;
  const etag = `"${modified.toString(16)}-${content.length.toString(16)}"`;
  const type = persona.types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const values = { ...valuesOf(situation, plan), type, etag, modified: httpDate(modified) };
  const selected = selectionOf(head, file, etag);
  switch (selected.kind) {
    case 'failed':
      return pageAnswer(situation, '412', plan);
    case 'unchanged':
      return fillAnswer(recorded(persona, 'unchanged'), values);
    case 'whole':
    case 'beyond':
    case 'part': {
      const whole = fillAnswer(recorded(persona, 'file'), values, content);
      const packed = packedAsNginx(whole, head);
      // A body that is packed has no ranges.
      if (selected.kind === 'whole' || packed !== whole) return packed;
      if (selected.kind === 'beyond')
        return pageAnswer(situation, '416', plan, { range: `bytes */${content.length}` });
      const range = `bytes ${selected.from}-${selected.end - 1}/${content.length}`;
      return fillAnswer(
        recorded(persona, 'part'),
        { ...values, range },
        content.subarray(selected.from, selected.end),
      );
    }
  }
}

function valuesOf({ now }: Situation, { close }: Plan): Values {
  return { date: httpDate(Math.floor(now / 1_000)), connection: close ? 'close' : 'keep-alive' };
}

function pageAnswer(situation: Situation, name: string, plan: Plan, more: Values = {}): Answer {
  const values = { ...valuesOf(situation, plan), ...more };
  const answer = recorded(situation.persona, name);
  const body = padded(answer.body, answer.status, situation);
  return packedAsNginx(fillAnswer(answer, values, body), situation.head);
}

function page(situation: Situation, name: string, plan: Plan, more: Values = {}): Plan {
  return { ...plan, answer: pageAnswer(situation, name, plan, more) };
}
