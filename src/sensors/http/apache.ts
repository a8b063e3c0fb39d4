import type { RequestHead } from '../../wire/http1/head.ts';
import { headerOf } from '../../wire/http1/head.ts';
import type { Answer, Values } from './answer.ts';
import { fillAnswer } from './answer.ts';
import { packedAsApache } from './apache-filters.ts';
import { apacheRefusal } from './apache-refusal.ts';
import type { Family, Plan, Situation } from './family.ts';
import { asChunk } from './packing.ts';
import { recorded } from './persona.ts';
import { httpDate, selectionOf } from './preconditions.ts';
import type { SiteFile } from './site.ts';
import type { TargetPath } from './target-path.ts';
import { parseTarget } from './target-path.ts';

/** MaxKeepAliveRequests and KeepAliveTimeout. */
const MOST_REQUESTS = 100;
const KEEP_ALIVE_SECONDS = 5;
/** Names longer than the file system has them are forbidden, not missing. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4_000;

const OWN = '400-own';

export const apache: Family = {
  // LimitRequestLine, LimitRequestFieldSize and LimitRequestFields.
  limits: { line: 8_192, header: 8_192, headers: 819_000, count: 100 },
  // RequestReadTimeout header=20-40 body=10, KeepAliveTimeout.
  times: { head: 20_000, body: 10_000, idle: KEEP_ALIVE_SECONDS * 1_000 },
  broken: () => false,
  plan: (situation) => {
    const { head } = situation;
    const refusal = apacheRefusal(head);
    const bare = head.version === '0.9' && refusal === undefined;
    const target = parseTarget(head.target.replace(/%00/g, '%01'));
    const close = refusal !== undefined || !keepsAlive(situation);
    const expect = headerOf(head, 'expect');
    const body = head.framing.kind !== 'none';
    const plan: Plan = {
      path: target?.path ?? '',
      query: target?.query ?? '',
      // Without a body httpd forgets that it was to say so, and hangs up.
      close: close || (expect !== undefined && !body),
      bare,
      continues: expect !== undefined && body && refusal === undefined,
      late: refusal === undefined,
    };
    if (refusal !== undefined) return page(situation, refusal, plan);
    if (expect !== undefined && !/^100-continue$/i.test(expect)) {
      const refused = page(situation, '417', { ...plan, close, continues: false }, { expect });
      return { ...refused, close: true };
    }
    if (target !== undefined && situation.app.owns(target.path)) return plan;
    if (head.method === 'OPTIONS') return options(situation, plan);
    return target === undefined ? page(situation, '405', plan) : staticPlan(situation, target, plan);
  },
  spoil: (situation, plan) => {
    const spoilt = { ...plan, close: true };
    const answer = pageAnswer(situation, '400', spoilt);
    // It does not know any more how long its own page is.
    return {
      ...spoilt,
      answer: { ...answer, headers: answer.headers.filter(([name]) => name !== 'Content-Length') },
    };
  },
  wrap: (answer, situation, plan) => {
    const { persona, head } = situation;
    const values = { ...valuesOf(situation), location: answer.location ?? '', cookie: answer.cookie ?? '' };
    if (answer.kind === 'not-allowed') return pageAnswer(situation, 'app-405', plan);
    const page_ = answer.cookie === undefined ? 'app-plain' : 'app-page';
    const name = { page: page_, json: 'app-json', redirect: 'app-redirect' }[answer.kind];
    const filled = packedAsApache(fillAnswer(recorded(persona, name), values, answer.body), head);
    const headers = filled.headers.filter(([header]) => header !== 'Vary' || head.method !== 'HEAD');
    return connected({ ...filled, headers }, situation, plan);
  },
};

function keepsAlive({ head, served }: Situation): boolean {
  if (head.version === '0.9' || served + 1 >= MOST_REQUESTS) return false;
  const connection = (headerOf(head, 'connection') ?? '').toLowerCase();
  if (connection.includes('close') || head.flaws.has('length-and-coding')) return false;
  if (head.version === '1.0' && head.framing.kind === 'chunked') return false;
  return head.version !== '1.0' || connection.includes('keep-alive');
}

function staticPlan(situation: Situation, target: TargetPath, plan: Plan): Plan {
  const { head, site } = situation;
  if (!['GET', 'HEAD', 'POST'].includes(head.method)) return page(situation, '405', plan);
  const path = target.path === '/' ? '/index.html' : target.path;
  const file = site.files.get(path);
  if (file !== undefined) {
    return { ...plan, answer: fileAnswer(situation, path, file, plan) };
  }
  const long = path.length > LONGEST_PATH || path.split('/').some((name) => name.length > LONGEST_NAME);
  if (long || site.folders.has(path)) {
    return page(situation, '403', plan);
  }
  if (!site.folders.has(`${path}/`)) return page(situation, '404', plan);
  const { name, port } = serverOf(situation);
  const shown = port === (situation.secure ? 443 : 80) ? name : `${name}:${port}`;
  const query = target.query === '' ? '' : `?${target.query}`;
  return page(situation, '301', plan, {
    location: `http${situation.secure ? 's' : ''}://${shown}${path}/${query}`,
  });
}

function options(situation: Situation, plan: Plan): Plan {
  const file =
    plan.path === '' ? undefined : situation.site.files.get(plan.path === '/' ? '/index.html' : plan.path);
  const type = file === undefined ? '' : typeOf(situation, plan.path);
  const answer = fillAnswer(recorded(situation.persona, 'options'), { ...valuesOf(situation), type });
  const headers = answer.headers.filter(
    ([name, value]) => (name !== 'Content-Type' || value !== '') && (name !== 'Allow' || plan.path !== ''),
  );
  return { ...plan, answer: connected({ ...answer, headers }, situation, plan) };
}

function typeOf({ persona }: Situation, path: string): string {
  const name = path === '/' ? '/index.html' : path;
  return persona.types[name.slice(name.lastIndexOf('.') + 1)] ?? '';
}

function fileAnswer(situation: Situation, path: string, file: SiteFile, plan: Plan): Answer {
  const { head, persona } = situation;
  const { content, modified } = file;
  // FileETag MTIME SIZE: the time in microseconds.
  const etag = `"${content.length.toString(16)}-${(BigInt(modified) * 1_000_000n).toString(16)}"`;
  const type = typeOf(situation, path);
  const values = { ...valuesOf(situation), type, etag, modified: httpDate(modified) };
  const selected = selectionOf(head, file, etag);
  const fill = (name: string, body?: Buffer, more: Values = {}): Answer =>
    connected(
      packedAsApache(fillAnswer(recorded(persona, name), { ...values, ...more }, body), head),
      situation,
      plan,
    );
  switch (selected.kind) {
    case 'failed':
      return fill('412');
    case 'unchanged':
      return fill('unchanged');
    case 'whole':
      return fill('file', content);
    case 'beyond':
      return pageAnswer(situation, '416', plan);
    case 'part': {
      const range = `bytes ${selected.from}-${selected.end - 1}/${content.length}`;
      return fill('part', content.subarray(selected.from, selected.end), { range });
    }
  }
}

/** How the server calls itself: as the visitor calls it, when it says so. */
function serverOf({ head, local }: Situation): { readonly name: string; readonly port: number } {
  const told = head.method === 'CONNECT' ? head.target : undefined;
  const asked = told ?? parseTarget(head.target)?.host ?? headerOf(head, 'host')?.toLowerCase() ?? '';
  const [, name, port] = /^([\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/.exec(asked) ?? [];
  return { name: name ?? local.address, port: port === undefined ? local.port : Number(port) };
}

function valuesOf(situation: Situation): Values {
  const { name, port } = serverOf(situation);
  const { head, now } = situation;
  return {
    date: httpDate(Math.floor(now / 1_000)),
    connection: 'close',
    host: name,
    port: String(port),
    method: escaped(head.method),
  };
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function pageAnswer(situation: Situation, name: string, plan: Plan, more: Values = {}): Answer {
  const shown = Object.fromEntries(Object.entries(more).map(([key, value]) => [key, escaped(value)]));
  const answer = recorded(situation.persona, name === OWN ? '400' : name);
  const { local, head } = situation;
  const unnamed = [OWN, '400-large', '400-many'].includes(name);
  const own: Values = unnamed ? { host: local.address, port: String(local.port) } : {};
  const values = { ...valuesOf(situation), ...own };
  const filled = measured(
    fillAnswer(answer, { ...values, ...more }, bodyOf(answer.body, { ...values, ...shown })),
    head,
  );
  const chunked = answer.headers.some(([header]) => header === 'Transfer-Encoding');
  return connected(
    chunked ? { ...filled, body: asChunk(filled.body), coded: true } : filled,
    situation,
    plan,
  );
}

/** Pages are not measured for HEAD, and TRACE is told of no method. */
function measured(answer: Answer, { method }: RequestHead): Answer {
  const headers = answer.headers.flatMap(([name, value]): [string, string][] => {
    if (method === 'HEAD' && name === 'Content-Length') return [];
    return [[name, method === 'TRACE' && name === 'Allow' ? '' : value]];
  });
  return { ...answer, headers };
}

function bodyOf(text: string, values: Values): Buffer {
  return Buffer.from(
    text.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole),
    'latin1',
  );
}

function page(situation: Situation, name: string, plan: Plan, more: Values = {}): Plan {
  return { ...plan, answer: pageAnswer(situation, name, plan, more) };
}

/** httpd says what becomes of the connection where the other side does not expect it, before the content type. */
function connected(answer: Answer, { head, served }: Situation, { close }: Plan): Answer {
  const headers = answer.headers.filter(([name]) => name !== 'Connection');
  const last = headers.findIndex(([name]) => name === 'Content-Type');
  const at = last === headers.length - 1 && last >= 0 ? last : headers.length;
  const kept = /keep-alive/i.test(headerOf(head, 'connection') ?? '');
  const said: [string, string][] = close
    ? [['Connection', 'close']]
    : kept
      ? [
          ['Keep-Alive', `timeout=${KEEP_ALIVE_SECONDS}, max=${MOST_REQUESTS - served}`],
          ['Connection', 'Keep-Alive'],
        ]
      : [];
  return { ...answer, headers: [...headers.slice(0, at), ...said, ...headers.slice(at)] };
}
