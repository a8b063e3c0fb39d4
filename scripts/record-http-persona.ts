// Records personas/http/*.json from the real nginx and Apache of this machine: node scripts/record-http-persona.ts [nginx|apache]
// Each is started with a configuration of its own on a loopback port, asked, and stopped.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { seededRandom } from '../src/platform/random.ts';
import type { HttpPersona, RecordedAnswer } from '../src/sensors/http/persona.ts';
import { createSite } from '../src/sensors/http/site.ts';
import { firstAnswer, sayHttp } from '../test/http/ask-http.ts';
import type { RealHttpServerName } from '../test/http/real-http-servers.ts';
import { personaFile, REAL_HTTP_SERVERS, startRealHttpServer } from '../test/http/real-http-servers.ts';

const HOST = 'Host: recorded.example:81\r\n';
const request = (line: string, ...headers: string[]): string =>
  `${line} HTTP/1.1\r\n${HOST}${headers.map((header) => `${header}\r\n`).join('')}\r\n`;
const get = (target: string, ...headers: string[]): string => request(`GET ${target}`, ...headers);

/** What is asked, by the name of the answer. */
const QUESTIONS: Readonly<Record<string, string>> = {
  file: get('/'),
  part: get('/', 'Range: bytes=0-4'),
  unchanged: get('/', 'If-None-Match: *'),
  'app-page': get('/login'),
  'app-plain': get('/upload'),
  'app-json': get('/status'),
  'app-redirect': request('POST /login', 'Content-Length: 0'),
  'app-405': request('DELETE /login'),
  '301': get('/assets'),
  '403': get('/assets/'),
  '404': get('/nothing'),
  '412': get('/', 'If-Match: "x"'),
  '414': get(`/${'a'.repeat(9_000)}`),
  '416': get('/', 'Range: bytes=900000-'),
};
const QUESTIONS_OF: Readonly<Record<RealHttpServerName, Readonly<Record<string, string>>>> = {
  nginx: {
    '400': request('get /'),
    '400-large': get('/', `X: ${'a'.repeat(9_000)}`),
    '404-padded': get('/nothing', 'User-Agent: Mozilla/5.0 Chrome/126.0.0.0'),
    '405': request('POST /', 'Content-Length: 0'),
    '501': request('POST /', 'Transfer-Encoding: gzip'),
    '505': `GET / HTTP/2.0\r\n${HOST}\r\n`,
  },
  apache: {
    '400': get('/', 'nothing'),
    '400-large': get('/', `X: ${'a'.repeat(9_000)}`),
    '400-many': get('/', ...Array.from({ length: 110 }, () => 'X: a')),
    '405': request('DELETE /'),
    '417': get('/', 'Expect: foo'),
    '501': request('METHOD /'),
    options: request('OPTIONS /'),
    packed: get('/', 'Accept-Encoding: gzip'),
  },
};
const VALUES: Readonly<Record<string, string>> = {
  date: 'date',
  'content-length': 'length',
  'last-modified': 'modified',
  etag: 'etag',
  location: 'location',
  connection: 'connection',
  'set-cookie': 'cookie',
};

for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(REAL_HTTP_SERVERS)) {
  if (name !== 'nginx' && name !== 'apache') throw new Error('name nginx or apache');
  await record(name);
}

async function record(family: RealHttpServerName): Promise<void> {
  const server = await startRealHttpServer(family, createSite('recorder'), seededRandom(1));
  const answers: Record<string, RecordedAnswer> = {};
  try {
    const questions = { ...QUESTIONS, ...QUESTIONS_OF[family] };
    for (const [name, bytes] of Object.entries(questions)) {
      answers[name] = await answerTo(server.port, name, bytes);
    }
    const types = await typesOf(server.port);
    const version = /(?:nginx|Apache)\/([\d.]+)/.exec(JSON.stringify(answers))?.[1] ?? '';
    const release = /VERSION_ID="(\d+)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
    const debian = execFileSync('dpkg-query', [
      '-W',
      '-f',
      '${Version}',
      family === 'nginx' ? 'nginx' : 'apache2-bin',
    ]);
    const persona: HttpPersona = {
      format: 1,
      name: `${family}-${version}-debian-${release}`,
      family,
      version,
      source: `Debian ${release}, package version ${debian.toString()}`,
      types,
      answers,
    };
    writeFileSync(personaFile(persona.name), `${JSON.stringify(persona, null, 1)}\n`);
    process.stdout.write(`${persona.name}: ${Object.keys(answers).length} answers\n`);
  } finally {
    await server.stop();
  }
}

async function answerTo(port: number, name: string, bytes: string): Promise<RecordedAnswer> {
  const { line, headers, body } = firstAnswer((await sayHttp(port, bytes, 600)).text);
  const page = /^\d|-405$/.test(name);
  return {
    status: Number(line.split(' ')[1]),
    line,
    headers: headers.map(([header, value]) => [header, templateOf(header, value, name)]),
    body: page ? bodyTemplate(body, headers) : '',
  };
}

function templateOf(header: string, value: string, name: string): string {
  const lower = header.toLowerCase();
  if (lower === 'content-type')
    return ['file', 'part', 'packed', 'options'].includes(name) ? '{type}' : value;
  if (lower === 'content-range') return '{range}';
  const placeholder = VALUES[lower];
  return placeholder === undefined ? value : `{${placeholder}}`;
}

/** Without its transfer coding, and with names for what depends on the request. */
function bodyTemplate(body: string, headers: readonly (readonly [string, string])[]): string {
  const chunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const plain = chunked ? body.replace(/^[0-9a-f]+\r\n/, '').replace(/\r\n0\r\n\r\n$/, '') : body;
  const location = headers.find(([name]) => name === 'Location')?.[1];
  return (location === undefined ? plain : plain.replaceAll(location, '{location}'))
    .replace(/ at \S+ Port \d+</, ' at {host} Port {port}<')
    .replace('METHOD not', '{method} not')
    .replace('method DELETE', 'method {method}')
    .replace('Expect: foo', 'Expect: {expect}');
}

async function typesOf(port: number): Promise<Record<string, string>> {
  const types: Record<string, string> = {};
  for (const path of ['/index.html', '/assets/site.css', '/assets/site.js', '/robots.txt', '/favicon.ico']) {
    const { headers } = firstAnswer((await sayHttp(port, get(path))).text);
    const ending = path.slice(path.lastIndexOf('.') + 1);
    types[ending] = headers.find(([name]) => name === 'Content-Type')?.[1] ?? '';
  }
  return types;
}
