import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { addressNumber } from './address-number.ts';
import { buildIndex, PlaceFileError } from './build-index.ts';
import { decodeIndex } from './index-file.ts';
import { createPlaceLookup } from './lookup.ts';
import { piecesOf } from './range.ts';

const folder = mkdtempSync(join(tmpdir(), 'sundew-geo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): { path: string } {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return { path };
}

async function lookupOf(...inputs: { path: string }[]) {
  const built = await buildIndex(inputs, () => undefined);
  const index = decodeIndex(built.file);
  if ('fault' in index) throw new Error(index.fault);
  return createPlaceLookup(index, new Map([[64_500, 'research']]));
}

describe('files of address ranges', () => {
  const kinds: readonly (readonly [string, string, string])[] = [
    [
      'iptoasn',
      'a.tsv',
      '198.51.100.0\t198.51.100.255\t64500\tNL\tEXAMPLE One\n2001:db8::\t2001:db8::ff\t64500\tNL\tX\n',
    ],
    ['start, end, country', 'b.csv', '198.51.100.0,198.51.100.255,NL\n2001:db8::,2001:db8::ff,NL\n'],
    [
      'quoted, as DB-IP writes',
      'c.csv',
      '"198.51.100.0","198.51.100.255","nl"\n"2001:db8::","2001:db8::ff","NL"\n',
    ],
    [
      'decimal numbers',
      'd.csv',
      '3325256704,3325256959,NL\n42540766411282592856903984951653826560,42540766411282592856903984951653826815,NL\n',
    ],
    ['prefixes', 'e.csv', '198.51.100.0/24,NL\n2001:db8::/120,NL\n'],
    [
      'named columns, as IPinfo',
      'f.csv.gz',
      'start_ip,end_ip,country,asn,as_name\n198.51.100.0,198.51.100.255,NL,AS64500,One\n2001:db8::,2001:db8::ff,NL,AS64500,One\n',
    ],
  ];
  test.for(kinds)('reads %s', async ([, name, text]) => {
    const placeOf = await lookupOf(file(name, text));

    expect(placeOf('198.51.100.7')?.country).toBe('NL');
    expect(placeOf('2001:db8::7')?.country).toBe('NL');
    expect(placeOf('198.51.101.0')).toBeUndefined();
    expect(placeOf('198.51.99.255')).toBeUndefined();
    expect(placeOf('2001:db8::100')).toBeUndefined();
  });

  test('reads GeoLite2 blocks with the locations beside them', async () => {
    const placeOf = await lookupOf(
      file(
        'GeoLite2-Country-Locations-en.csv',
        'geoname_id,locale_code,country_iso_code\n7,en,FR\n8,en,BE\n',
      ),
      file(
        'blocks.csv',
        'network,geoname_id,registered_country_geoname_id\n192.0.2.0/25,7,8\n192.0.2.128/25,,8\n',
      ),
    );

    expect(placeOf('192.0.2.1')?.country).toBe('FR');
    expect(placeOf('192.0.2.129')?.country).toBe('BE');
  });

  test('reads RouteViews prefixes, the narrower one counting', async () => {
    const placeOf = await lookupOf(
      file('pfx2as', '10.0.0.0\t8\t64500\n10.1.0.0\t16\t64501_64502\n10.1.2.0\t24\t64503\n'),
    );

    expect(
      ['10.0.0.1', '10.1.0.1', '10.1.2.1', '10.1.3.0', '10.2.0.0'].map((one) => placeOf(one)?.asn),
    ).toEqual([64_500, 64_501, 64_503, 64_501, 64_500]);
    expect(placeOf('10.0.0.1')?.kind).toBe('research');
  });

  test('of two files that tell the same the first counts, the second fills in', async () => {
    const placeOf = await lookupOf(
      file('one.csv', '192.0.2.0,192.0.2.9,AA\n'),
      file('two.csv', '192.0.2.5,192.0.2.20,BB\n'),
    );

    expect(
      ['192.0.2.4', '192.0.2.9', '192.0.2.10', '192.0.2.21'].map((one) => placeOf(one)?.country),
    ).toEqual(['AA', 'AA', 'BB', undefined]);
  });

  test('counts lines that cannot be read, and takes the rest', async () => {
    const built = await buildIndex(
      [
        file(
          'bad.csv',
          '192.0.2.0,192.0.2.9,AA\nnonsense\n192.0.2.9,192.0.2.0,AA\n"\u001b[2J\n192.0.2.11,192.0.2.11,BB\n',
        ),
      ],
      () => undefined,
    );

    expect(built.remarks).toEqual(['bad.csv: 3 lines left out, first line 2: nonsense']);
    expect(built.ipv4).toBeGreaterThan(1);
  });

  test.for([
    ['an empty file', 'empty.csv', ''],
    ['prose', 'prose.csv', 'Once upon a time\n'],
    ['a broken database', 'broken.mmdb', 'not a database'],
  ])('refuses %s', async ([, name, text]) => {
    await expect(buildIndex([file(name ?? '', text ?? '')], () => undefined)).rejects.toThrow(PlaceFileError);
  });
});

describe('the index file', () => {
  test('is refused when any byte of it is another', async () => {
    const { file: whole } = await buildIndex(
      [file('small.csv', '192.0.2.0,192.0.2.9,AA\n')],
      () => undefined,
    );

    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(whole);
        other[at] = (other[at] ?? 0) ^ change;
        const decoded = decodeIndex(other);
        // A name in the head may have changed to another name; tables and places never.
        return 'fault' in decoded || decoded.places.length === 2 || decoded.places.length === 1;
      }),
    );
    expect(decodeIndex(whole.subarray(0, -1))).toEqual({ fault: 'it is cut off, or longer than it says' });
    expect(decodeIndex(Buffer.from('sundew-places 2\n{}\n'))).toEqual({ fault: 'it is of another version' });
    expect(decodeIndex(Buffer.from('x'))).toEqual({ fault: 'it is no index of places' });
  });
});

test('pieces say of every address what the narrowest range says', () => {
  const range = fc.tuple(fc.nat(15), fc.nat(4)).map(([block, bits]) => {
    const size = 2 ** bits;
    const first = Math.floor((block * 16) / size) * size;
    return { first, last: first + size - 1, asn: first * 100 + size };
  });
  fc.assert(
    fc.property(fc.uniqueArray(range, { selector: ({ asn }) => asn, maxLength: 12 }), (ranges) => {
      const pieces = piecesOf<number>(ranges, { next: (n) => n + 1, before: (n) => n - 1 });
      for (let at = 0; at < 260; at++) {
        const wanted = ranges
          .filter(({ first, last }) => first <= at && at <= last)
          .toSorted((a, b) => a.last - a.first - (b.last - b.first))[0];
        const found = pieces.filter(({ first, last }) => first <= at && at <= last);
        expect(found.map((piece) => piece.range.asn)).toEqual(wanted === undefined ? [] : [wanted.asn]);
      }
    }),
  );
});

test('an IPv4 address within IPv6 is IPv4, and nonsense is none', () => {
  expect(addressNumber('::ffff:192.0.2.1')).toEqual(addressNumber('192.0.2.1'));
  expect(
    ['', '1.2.3', '1.2.3.4.5', '1.2.3.256', 'a.b.c.d', ':', `${'1'.repeat(99)}:`].map(addressNumber),
  ).toEqual(Array.from({ length: 7 }, () => undefined));
});
