// What the HTTP rules make of request suites on disk: node bench/web-suites.ts CLASS=FILE|DIR ...
//
//   crs=DIR           regression tests of an OWASP Core Rule Set (YAML), class by rule number
//   sql-injection=F   one payload a line, sent as a parameter; likewise xss=F, file-inclusion=F, ...
//   benign=F          one text a line, sent as a form field: nothing may be said of it
//   targets=F         one request target a line, as of an access log: likewise
//
// With --misses the requests that got another class or none (or, of benign ones, any) are listed.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { actFields } from '../src/detect/act-fields.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import type { ActOf } from '../src/model/act.ts';
import { bytesFromText } from '../src/model/bytes.ts';
import { printable } from '../src/model/printable.ts';

type Request = ActOf<'http.request'>;
interface Case {
  readonly suite: string;
  /** Classes of which one is right; none for a benign request. */
  readonly wanted: readonly string[];
  readonly request: Request;
}

const BROWSER: [string, string][] = [
  ['Host', 'www.example.com'],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
  ['Accept', '*/*'],
];
/** Classes by the first three digits of a rule of the Core Rule Set. */
const OF_CRS: Readonly<Record<string, readonly string[]>> = {
  '913': ['scanner-agent'],
  '921': ['header-injection', 'ldap-injection'],
  '930': ['file-inclusion'],
  '931': ['remote-inclusion', 'server-side-request'],
  '932': ['command-injection'],
  '933': ['php-injection', 'malicious-upload'],
  '934': ['node-injection', 'template-injection', 'server-side-request'],
  '941': ['xss'],
  '942': ['sql-injection'],
  '943': ['session-fixation'],
  '944': ['java-injection'],
};

function request(fields: Partial<Request>): Request {
  return {
    type: 'http.request',
    method: 'GET',
    target: '/',
    version: '1.1',
    headers: BROWSER,
    body: '',
    status: 404,
    ...fields,
  };
}

function formOf(text: string): Request {
  const headers: [string, string][] = [...BROWSER, ['Content-Type', 'application/x-www-form-urlencoded']];
  return request({
    method: 'POST',
    headers,
    body: `text=${/%[0-9a-f]{2}/i.test(text) ? text : encodeURIComponent(text).replaceAll('%20', '+')}`,
  });
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '' && !line.startsWith('# '));
}

interface CrsStage {
  stage?: CrsStage;
  input: {
    method?: string;
    uri?: string;
    version?: string;
    headers?: Record<string, string | number>;
    data?: string | string[];
    encoded_request?: string;
  };
  output: {
    log_contains?: string;
    no_log_contains?: string;
    log?: { expect_ids?: number[]; no_expect_ids?: number[] };
  };
}

function crsCases(folder: string): Case[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) => {
      const { tests = [] } = parse(readFileSync(join(folder, path), 'utf8')) as {
        tests?: { stages: CrsStage[] }[];
      };
      const rule = /(\d{6})\.ya?ml$/.exec(path)?.[1] ?? '';
      const classes = OF_CRS[rule.slice(0, 3)];
      if (classes === undefined) return [];
      return tests.flatMap(({ stages }) =>
        stages.flatMap((stage): Case[] => {
          const { input, output } = stage.stage ?? stage;
          const positive =
            output.log_contains?.includes(rule) ?? output.log?.expect_ids?.includes(Number(rule)) ?? false;
          const body = Array.isArray(input.data) ? input.data.join('\r\n') : (input.data ?? '');
          const headers = Object.entries(input.headers ?? {}).map(([name, value]): [string, string] => [
            name,
            bytesFromText(String(value)),
          ]);
          if (body !== '' && !headers.some(([name]) => name.toLowerCase() === 'content-type')) {
            headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
          }
          if (input.encoded_request !== undefined) return [];
          const fields = {
            method: input.method ?? 'GET',
            target: bytesFromText(input.uri ?? '/'),
            headers,
            body: bytesFromText(body),
          };
          return [
            {
              suite: `crs ${rule.slice(0, 3)}${positive ? '' : ' benign'}`,
              wanted: positive ? classes : [],
              request: request(fields),
            },
          ];
        }),
      );
    });
}

function casesOf(argument: string): Case[] {
  const [kind = '', path = ''] = argument.split(/=(.*)/s);
  if (kind === 'crs') return crsCases(path);
  const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
  return files.flatMap((file) =>
    linesOf(file).map((line): Case => {
      if (kind === 'targets')
        return { suite: 'targets', wanted: [], request: request({ target: bytesFromText(line) }) };
      if (kind === 'benign')
        return { suite: `benign ${file.split('/').at(-1)}`, wanted: [], request: formOf(line) };
      return { suite: `${kind} ${file.split('/').at(-1)}`, wanted: kind.split('|'), request: formOf(line) };
    }),
  );
}

const show = process.argv.includes('--misses');
const cases = process.argv
  .slice(2)
  .filter((word) => !word.startsWith('--'))
  .flatMap(casesOf);
const matcher = createRuleMatcher(loadKnowledge([]).rules);
const suites = new Map<string, { total: number; right: number; other: number }>();
const started = performance.now();
for (const { suite, wanted, request: sent } of cases) {
  const held = matcher.matchFields(actFields(sent)).filter(({ rule }) => rule.severity !== 'info');
  const classes = held.map(({ rule }) => rule.id.split('.')[1] ?? '');
  const right = wanted.length === 0 ? classes.length === 0 : classes.some((name) => wanted.includes(name));
  const counts = suites.get(suite) ?? { total: 0, right: 0, other: 0 };
  suites.set(suite, counts);
  counts.total++;
  if (right) counts.right++;
  else {
    if (classes.length > 0) counts.other++;
    if (show) {
      const why = held.map(
        ({ rule, evidence }) =>
          `${rule.id}: ${evidence.map(({ field, excerpt }) => `${field} ${excerpt}`).join(' ')}`,
      );
      const headers = sent.headers
        .filter(([name]) => !['Host', 'Accept', 'User-Agent'].includes(name))
        .map((pair) => pair.join(': '));
      console.log(
        `${suite}\t${sent.method} ${printable(sent.target, 300)} ${printable(headers.join(' | '), 200)} ${printable(sent.body, 300)}\t${why.join(' ; ')}`,
      );
    }
  }
}
const elapsed = (performance.now() - started) / 1_000;
for (const [name, { total, right, other }] of [...suites].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(
    `${name.padEnd(40)} ${String(right).padStart(6)} of ${String(total).padStart(6)} right  ${((100 * right) / total).toFixed(2).padStart(6)} %  (${other} with another class)`,
  );
}
console.log(
  `${cases.length} requests in ${elapsed.toFixed(1)} s: ${Math.round(cases.length / elapsed)} a second`,
);
