import { describe, expect, test } from 'vitest';
import { createIisParser } from './iis.ts';

const FIELDS =
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-bytes cs-bytes';
const ROW =
  '2024-03-01 04:05:06 10.0.0.5 GET /a+b.aspx x=1+2 443 - 198.51.100.7 Mozilla/5.0+(X11;+Linux) - 404 1245 300';

describe('a line of IIS', () => {
  test('is read by the columns that #Fields names, its times UTC', () => {
    const parse = createIisParser();

    expect([parse('#Software: Microsoft Internet Information Services 10.0'), parse(FIELDS)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(parse(ROW)).toEqual({
      time: Date.UTC(2024, 2, 1, 4, 5, 6),
      peer: { address: '198.51.100.7', port: 0 },
      local: { address: '10.0.0.5', port: 443 },
      act: {
        type: 'http.request',
        method: 'GET',
        target: '/a+b.aspx?x=1+2',
        version: '',
        headers: [['User-Agent', 'Mozilla/5.0 (X11; Linux)']],
        body: '',
        status: 404,
        lacks: ['headers', 'body'],
      },
      received: 300,
      sent: 1_245,
    });
  });

  test('follows a #Fields line further down, and takes the day from #Date where rows have none', () => {
    const parse = createIisParser();
    parse(FIELDS);
    parse('#Date: 2024-03-02 00:00:00');
    parse('#Fields: time c-ip cs-method cs-uri-stem sc-status cs-version cs-host cs(X-Forwarded-For)');

    expect(parse('01:02:03 2001:db8::1 POST / 200 HTTP/1.1 example.org 203.0.113.9,+10.1.1.1')).toMatchObject(
      {
        time: Date.UTC(2024, 2, 2, 1, 2, 3),
        peer: { address: '2001:db8::1' },
        forwarded: '203.0.113.9,10.1.1.1',
        act: {
          version: '1.1',
          headers: [
            ['Host', 'example.org'],
            ['x-forwarded-for', '203.0.113.9, 10.1.1.1'],
          ],
          lacks: ['headers', 'body', 'query'],
        },
      },
    );
  });

  test('is broken without columns, with too many and without an address or a status', () => {
    const parse = createIisParser();

    const before = parse(ROW);
    parse(FIELDS);

    expect(before).toBe('no #Fields stands before it');
    expect(parse(`${ROW} more`)).toBe('it has 15 columns, and #Fields 14');
    expect(parse(ROW.replace('198.51.100.7', 'host'))).toBe('it names no address');
    expect(parse(ROW.replace(' 404 ', ' x '))).toBe('its status is no number');
  });
});
