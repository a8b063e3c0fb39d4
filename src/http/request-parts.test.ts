import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActOf } from '../model/act.ts';
import { requestParts } from './request-parts.ts';

type Request = ActOf<'http.request'>;

const request = (fields: Partial<Request>): Request => ({
  type: 'http.request',
  method: 'POST',
  target: '/',
  version: '1.1',
  headers: [],
  body: '',
  status: 200,
  ...fields,
});
const typed = (type: string, body: string): Request => request({ headers: [['Content-Type', type]], body });
const pairs = (act: Request): string[] => requestParts(act).args.map(({ name, value }) => `${name}=${value}`);

describe('the parts of a request', () => {
  test.for<[string, Request, string[]]>([
    ['a query', request({ target: '/x?a=1&b=%41+%2B&&c' }), ['a=1', 'b=A +', 'c=']],
    ['an absolute target', request({ target: 'http://x.example/y?a=1' }), ['a=1']],
    ['the encoding of IIS', request({ target: '/?a=%u003cb' }), ['a=<b']],
    ['slashes that IIS takes for such', request({ target: '/?a=..%u2215x' }), ['a=../x']],
    ['a broken encoding', request({ target: '/?a=%zz%4' }), ['a=%zz%4']],
    ['a form', typed('application/x-www-form-urlencoded; charset=utf-8', 'a=1&b=x%3Dy'), ['a=1', 'b=x=y']],
    ['a form that says nothing of itself', request({ body: 'user=1&pass=2' }), ['user=1', 'pass=2']],
    ['JSON', typed('application/json', '{"a":{"b":[1,"x"]},"c":null}'), ['a.b.0=1', 'a.b.1=x', 'c=null']],
    ['XML', typed('text/xml', '<a b="1"><c>x</c><![CDATA[<y>]]></a>'), ['b=1', 'c=x', 'c=<y>']],
    ['XML with quotes of the other kind', typed('text/xml', `<a b='1"' c = "2'"/>`), ['b=1"', "c=2'"]],
    [
      'a multipart form',
      typed(
        'multipart/form-data; boundary=b',
        '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--',
      ),
      ['a=1'],
    ],
  ])('are those of %s', ([, act, expected]) => {
    expect(pairs(act)).toEqual(expected);
  });

  test('have the files of a form, also of one whose end is missing', () => {
    const body =
      '--b\r\nContent-Disposition: form-data; name=f; filename="a;b.php"\r\nContent-Type: image/png\r\n\r\nPNG';

    expect(requestParts(typed('multipart/form-data; boundary=b', body)).files).toEqual([
      { name: 'a;b.php', mime: 'image/png', content: 'PNG' },
    ]);
  });

  test.for<[string, string]>([
    ['a name behind another', 'Content-Disposition: form-data; name=f; filename=a.jpg; filename="x.php"'],
    ['a name of the other form', "Content-Disposition: form-data; name=f; filename=a.jpg; filename*=''x.php"],
    ['a name on a line that goes on', 'Content-Disposition: form-data; name=f;\r\n filename=x.php'],
    ['a name with blanks about it', 'Content-Disposition : form-data; name = f ; filename = "x.php"'],
  ])('have %s', ([, disposition]) => {
    const act = typed(
      'multipart/form-data; xboundary=y; boundary=b',
      `--b\r\n${disposition}\r\n\r\nPNG\r\n--b--`,
    );
    const { files } = requestParts(act);

    expect(files.at(-1)?.name).toMatch(/x\.php$/);
    expect(files.map(({ content }) => content).join('')).toBe('PNG');
  });

  test('say a long key of JSON once, not before every value below it', () => {
    const key = 'k'.repeat(30_000);
    const { args } = requestParts(typed('application/json', JSON.stringify({ [key]: [1, 2, { a: 3 }] })));

    expect(args).toEqual([
      { name: key, value: '' },
      { name: '0', value: '1' },
      { name: '1', value: '2' },
      { name: '2.a', value: '3' },
    ]);
  });

  test('leave a body that nothing takes apart as text', () => {
    expect(requestParts(typed('application/json', '{broken')).text).toBe('{broken');
  });

  test('have cookies by name, decoded', () => {
    const { cookies } = requestParts(
      request({
        headers: [
          ['Cookie', 'a=%3Cx; b'],
          ['cookie', 'c=1'],
        ],
      }),
    );

    expect(cookies).toEqual([
      { name: 'a', value: '<x' },
      { name: '', value: 'b' },
      { name: 'c', value: '1' },
    ]);
  });

  test('are there for any bytes', () => {
    const bytes = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      maxLength: 400,
    });
    const type = fc.constantFrom(
      'multipart/form-data; boundary=b',
      'application/json',
      'text/xml',
      '',
      'application/x-www-form-urlencoded',
    );
    fc.assert(
      fc.property(bytes, bytes, type, (target, body, contentType) => {
        const parts = requestParts(request({ target, body, headers: [['Content-Type', contentType]] }));

        expect(parts.args.length).toBeLessThanOrEqual(1_024);
      }),
    );
  });
});
