import { HARMLESS, PAYLOADS } from './payloads.ts';
import type { Case } from './request-text.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

type Headers = readonly (readonly [string, string])[];

/** Every payload in the places where it is likely, and requests that are odd in themselves. */
export function corpus(): Case[] {
  const cases: Case[] = [];
  const add = (
    method: string,
    target: string,
    extra: Headers = [],
    body = '',
    base: Headers = usual(),
  ): void => {
    const name = String(cases.length);
    const length: Headers = body === '' ? [] : [['Content-Length', String(body.length)]];
    cases.push({
      name,
      method,
      target,
      headers: [...base, ...extra, ...length, ['X-Case', name], ['Connection', 'close']],
      body,
    });
  };
  const values = [...Object.values(PAYLOADS).flat(), ...HARMLESS];
  for (const [at, value] of values.entries()) {
    const coded = encode(value);
    add('GET', `/search?q=${coded}&page=2`);
    add('POST', '/contact', [['Content-Type', FORM]], `name=Anna&text=${coded}`);
    add(
      'POST',
      '/api/items',
      [['Content-Type', JSON_TYPE]],
      JSON.stringify({ item: { note: value, tags: ['a', value], n: 1.5 } }),
    );
    const header = value.replace(/[\r\n\0]/g, ' ').trim();
    if (at % 2 === 0) add('GET', '/', [['Cookie', `session=abc123; pref=${header.replaceAll(';', ',')}`]]);
    if (at % 3 === 0) add('GET', `/p/${coded}/x.html`);
    if (at % 3 === 1) add('GET', `/search?${coded}=1`);
    if (at % 3 === 2)
      add(
        'POST',
        '/upload',
        [['Content-Type', 'multipart/form-data; boundary=xBOUNDARYx']],
        multipart(value),
      );
    if (at % 4 === 0)
      add(
        'POST',
        '/soap',
        [['Content-Type', 'text/xml']],
        `<?xml version="1.0"?><a b="c"><d>${escapeXml(value)}</d>tail</a>`,
      );
    if (at % 4 === 1) add('GET', '/', [['Referer', header]]);
    if (at % 4 === 2) add('GET', '/', [['X-Forwarded-Host', header]]);
    if (at % 4 === 3)
      add(
        'GET',
        '/',
        [['User-Agent', header]],
        '',
        usual().filter(([name]) => name !== 'User-Agent'),
      );
    if (at % 5 === 0) add('GET', `/?id=${encodeURIComponent(encode(value))}`);
  }
  oddities(add);
  return cases;
}

function usual(): Headers {
  return [
    ['Host', 'shop.example'],
    ['User-Agent', BROWSER],
    ['Accept', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8'],
    ['Accept-Language', 'en-GB,en;q=0.5'],
    ['Accept-Encoding', 'gzip, deflate'],
  ];
}

function encode(bytes: string): string {
  return bytes.replace(
    /[^A-Za-z0-9._~-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\0-\x08\x80-\xff]/g, '?');
}

function multipart(value: string): string {
  const line = value.replace(/[\r\n\0"\\]/g, '_');
  return [
    '--xBOUNDARYx',
    'Content-Disposition: form-data; name="comment"',
    '',
    value,
    '--xBOUNDARYx',
    `Content-Disposition: form-data; name="file"; filename="${line}.txt"`,
    'Content-Type: text/plain',
    '',
    'some content',
    '--xBOUNDARYx--',
    '',
  ].join('\r\n');
}

/** Requests whose form is what rules look at. */
function oddities(
  add: (method: string, target: string, extra?: Headers, body?: string, base?: Headers) => void,
): void {
  add('GET', '/');
  add('GET', '/index.php?page=1&sort=price');
  add('GET', '/robots.txt');
  add('GET', '/.env');
  add('GET', '/wp-config.php.bak');
  add('GET', '/backup.sql');
  add('GET', '/a/b/../c/./d');
  add('GET', '//double//slashes');
  add('GET', '/x?a=1&a=2&a=3');
  add('GET', '/x?a=%');
  add('GET', '/x?a=%zz&b=%u0041');
  add('GET', '/x?a=%uff1cscript%uff1e');
  add('GET', '/x?=novalue&noname&');
  add('GET', '/x?a[b]=1&a[c]=2');
  add('GET', '/x#fragment?q=1');
  add('GET', '/caf%c3%a9/m%fcller');
  add('GET', '/x;jsessionid=123?y=1');
  add('GET', '/login?PHPSESSID=abc', [['Referer', 'http://other.example/']]);
  add('GET', '/login?jsessionid=abc');
  add('HEAD', '/');
  add('OPTIONS', '/');
  add('PUT', '/x', [['Content-Type', 'text/plain']], 'hello');
  add('DELETE', '/x');
  add('PROPFIND', '/');
  add('TRACK', '/');
  add('POST', '/x', [], 'a=1');
  add('POST', '/x', [['Content-Type', 'text/plain']], 'a=<script>alert(1)</script>');
  add('POST', '/x', [['Content-Type', 'application/octet-stream']], '\0\x01\x02');
  add('POST', '/x', [['Content-Type', `${FORM}; charset=utf-8`]], 'a=1');
  add('POST', '/x', [['Content-Type', `${FORM}; charset=evil`]], 'a=1');
  add('POST', '/x', [['Content-Type', FORM]], 'a=%');
  add('POST', '/x', [['Content-Type', JSON_TYPE]], '{"broken":');
  add('POST', '/x', [['Content-Type', JSON_TYPE]], '[1,2,{"a":null,"b":true}]');
  add('POST', '/x', [['Content-Type', 'text/xml']], '<broken');
  add('POST', '/x', [['Content-Type', 'image/png, application/json']], 'x');
  add('GET', '/x', [['Content-Type', 'text/plain']], 'body in get');
  add('GET', '/', [['Range', 'bytes=5-1']]);
  add('GET', '/', [['Range', 'bytes=0-1,2-3,4-5,6-7,8-9,10-11,12-13']]);
  add('GET', '/', [['Proxy', 'http://evil.example']]);
  add('GET', '/', [['Content-Encoding', 'gzip']]);
  add('GET', '/', [['Accept-Charset', 'utf-8']]);
  add('GET', '/', [['Cache-Control', 'no-cache, nonsense']]);
  add('GET', '/', [
    ['X-Test', 'a'],
    ['X-Test', 'b'],
  ]);
  add('GET', '/', [['Authorization', 'Basic YWRtaW46YWRtaW4=']]);
  for (const agent of [
    'sqlmap/1.7.2',
    'Nikto/2.5',
    'curl/8.0',
    'masscan/1.0',
    'python-requests/2.31',
    'Wget/1.21',
    'Googlebot/2.1',
    '',
  ]) {
    add(
      'GET',
      '/',
      [['User-Agent', agent]],
      '',
      usual().filter(([name]) => name !== 'User-Agent'),
    );
  }
  for (const left of ['User-Agent', 'Accept', 'Accept-Language'])
    add(
      'GET',
      '/',
      [],
      '',
      usual().filter(([name]) => name !== left),
    );
  add(
    'GET',
    '/',
    [],
    '',
    usual().map(([name, value]) => [name, name === 'Host' ? '192.0.2.1' : value]),
  );
  add(
    'GET',
    '/',
    [],
    '',
    usual().map(([name, value]) => [name, name === 'Accept' ? '' : value]),
  );
  add('GET', '/', [['Cookie', 'a=b=c; ; =x; novalue; q="quoted"; z=1 ']]);
  add('GET', `/x?long=${'a'.repeat(3000)}`);
  add('GET', `/x?${Array.from({ length: 300 }, (_, at) => `a${at}=${at}`).join('&')}`);
  const file = (name: string, type: string, content: string): string =>
    `--b\r\nContent-Disposition: form-data; name="f"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n--b--\r\n`;
  for (const [name, type, content] of [
    ['shell.php', 'application/x-php', '<?php system("id"); ?>'],
    ['shell.php.jpg', 'image/jpeg', 'x'],
    ['photo.jpg', 'image/jpeg', '\xff\xd8\xff'],
    ["a'b;c=.txt", 'text/plain', 'x'],
    ['.htaccess', 'text/plain', 'AddType x'],
    ['x.txt', 'text/plain; charset=utf-7', 'x'],
  ] as const) {
    add('POST', '/upload', [['Content-Type', 'multipart/form-data; boundary=b']], file(name, type, content));
  }
  add(
    'POST',
    '/upload',
    [['Content-Type', 'multipart/form-data; boundary=b']],
    '--b\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\nutf-7\r\n--b--\r\n',
  );
  add(
    'POST',
    '/upload',
    [['Content-Type', 'multipart/form-data; boundary=b']],
    '--b\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n--b--\r\n',
  );
  add('POST', '/upload', [['Content-Type', 'multipart/form-data; boundary=b']], 'no boundary here');
}
