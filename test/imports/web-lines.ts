import type { WebFormat } from '../../src/imports/web/web-format.ts';

const json = (record: unknown): string => `${JSON.stringify(record)}\n`;

/** Some lines of each web log, as a server would have written them. */
const TEXT: Readonly<Record<WebFormat, string>> = {
  combined: [
    '198.51.100.7 - - [10/Oct/2023:13:55:36 +0000] "GET /cgi-bin/.%2e/bin/sh HTTP/1.1" 404 153 "-" "Mozilla/5.0 \\"x\\""',
    '[2001:db8::7]:99 - a b [10/Oct/2023:13:55:37 +0200] "\\x16\\x03\\x01" 400 157 "http://a/" "-" "203.0.113.5"',
    'example.org:443 192.0.2.5 - - [10/Oct/2023:13:55:38 +0000] "POST / HTTP/1.0" 200 -\r',
    '',
  ].join('\n'),
  'json-access': [
    json({
      time_iso8601: '2023-10-10T13:55:36Z',
      remote_addr: '198.51.100.7',
      request: 'GET /a HTTP/1.1',
      status: 200,
      http_cookie: 'a=\u00e9',
    }),
    json({
      ts: 1_696_946_137.5,
      request: { remote_ip: '192.0.2.1', method: 'GET', uri: '/x?y', headers: { Accept: ['a', 'b'] } },
      status: 200,
    }),
  ].join(''),
  iis: [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query s-ip s-port cs(User-Agent) sc-status',
    '2023-10-10 13:55:36 198.51.100.7 GET /a x=1 10.0.0.5 443 Mozilla/5.0+(X11) 404',
    '2023-10-10 13:55:37 2001:db8::7 POST / - 10.0.0.5 80 - 200',
    '',
  ].join('\r\n'),
  modsecurity: json({
    transaction: {
      client_ip: '198.51.100.7',
      time_stamp: 'Tue Oct 10 13:55:36 2023',
      request: {
        method: 'POST',
        http_version: 1.1,
        uri: '/',
        headers: { Host: 'a', 'X-Forwarded-For': '192.0.2.8' },
        body: 'a=\u00e9b',
      },
      response: { http_code: 403 },
    },
  }),
  haproxy: [
    'Oct 10 13:55:36 edge haproxy[9]: 198.51.100.7:3 [10/Oct/2023:13:55:36.655] web app/s1 1/0/3/6/10 200 27 - - ---- 1/1/1/1/0 0/0 {a|b} "GET /#22 HTTP/1.1"',
    '2001:db8::7:33 [10/Oct/2023:13:55:37.000] web~ app/s1 1/0/3/6/10 404 27 - - ---- 1/1/1/1/0 0/0 "GET /',
    '',
  ].join('\n'),
  alb: [
    'http 2023-10-10T13:55:36.186641Z app/x/5 198.51.100.7:2817 10.0.0.1:80 0.0 0.001 0.0 200 200 34 366 "GET http://example.org:80/ HTTP/1.1" "curl/7.46.0" - - arn "Root=1"',
    'h2 2023-10-10T13:55:37.186641Z app/x/5 192.0.2.9:2817 - -1 -1 -1 460 - 34 0 "GET https://example.org:443/a?b HTTP/2.0" "a\\x22" - - arn "Root=1"',
    '',
  ].join('\n'),
};

const bytes = (format: WebFormat): Buffer => Buffer.from(TEXT[format]);
export const WEB_LINES: Readonly<Record<WebFormat, Buffer>> = {
  combined: bytes('combined'),
  'json-access': bytes('json-access'),
  iis: bytes('iis'),
  modsecurity: bytes('modsecurity'),
  haproxy: bytes('haproxy'),
  alb: bytes('alb'),
};
