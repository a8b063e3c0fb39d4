import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { undoingOfOneRequest, webViews } from './web-views.ts';

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

describe('the views of a value', () => {
  test.for<[string, string, string]>([
    ['URL encoding', '%3Cscript%3E', '<script>'],
    ['URL encoding, twice', '%253Cscript%253E', '<script>'],
    ['HTML entities', '&lt;script&#x3e;', '<script>'],
    ['entities without a semicolon', '&#60script&#62', '<script>'],
    ['escapes of JavaScript', '\\u003cscript\\x3e', '<script>'],
    ['comments of SQL', 'union/**/select', 'union select'],
    ['what MySQL runs', '1/*!50000union*/select', '1 union select'],
    ['white space of all kinds', 'union\t\n select', 'union select'],
    ['nulls', 'un\0ion\0', 'union'],
    ['quotes inside words', 'c\'a\'t /e""tc/passwd', 'cat /etc/passwd'],
    ['carets', 'c^m^d', 'cmd'],
    ['a blank by a variable', 'cat${IFS}/etc', 'cat /etc'],
    ['base64', base64('<?php system(1);'), '<?php system(1);'],
    ['base64 behind other letters', `x${base64('<?php system(1);')}`, '<?php system(1);'],
    ['overlong UTF-8', '\u00c0\u00afetc', '/etc'],
    ['full-width letters', '\u00ef\u00bc\u009cscript', '<script'],
  ])('have what is under %s', ([, hidden, plain]) => {
    expect(webViews(hidden).some((view) => view.includes(plain))).toBe(true);
  });

  test('are the value alone where nothing can be hidden', () => {
    expect(webViews('page two of 10')).toEqual(['page two of 10']);
  });

  test('are the values alone once enough was undone for one request', () => {
    const left = undoingOfOneRequest();
    const values = Array.from({ length: 2_000 }, (_, index) => `'/**/or%25%27 ${index}`);
    const views = values.map((value) => webViews(value, left));

    expect(views[0]?.length).toBeGreaterThan(3);
    expect(views.at(-1)).toEqual([values.at(-1)]);
    expect(views.flat().length).toBeLessThan(values.length + 600);
  });

  test('are few and short, whatever the value', () => {
    const nasty = fc.stringMatching(/^[%25&#x;\\u0/*'"A-Za-z=+ ]{0,3000}$/);
    fc.assert(
      fc.property(nasty, (value) => {
        const views = webViews(value);

        expect(views[0]).toBe(value.slice(0, 2_000));
        expect(views.length).toBeLessThanOrEqual(24);
        expect(views.reduce((sum, view) => sum + view.length, 0)).toBeLessThan(200_000);
      }),
    );
  });
});
