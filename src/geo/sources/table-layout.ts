import type { Span } from './address-span.ts';
import { spanOfEnds, spanOfPrefix } from './address-span.ts';

/** How the lines of one file say where an address is. */
export interface TableLayout {
  /** False for a line of names. */
  readonly firstIsData: boolean;
  read(columns: readonly string[]): TableRow | undefined;
}

export interface TableRow {
  readonly span: Span;
  readonly country?: string;
  readonly asn?: number;
  readonly network?: string;
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  prefix: ['network', 'prefix', 'cidr', 'range'],
  first: ['start_ip', 'ip_range_start', 'start', 'first', 'ip_from', 'range_start'],
  last: ['end_ip', 'ip_range_end', 'end', 'last', 'ip_to', 'range_end'],
  country: ['country_code', 'country_iso_code', 'country'],
  asn: ['asn', 'autonomous_system_number', 'as_number'],
  network: ['as_name', 'autonomous_system_organization', 'as_organization', 'as_description', 'name'],
  place: ['geoname_id'],
  registered: ['registered_country_geoname_id'],
};

/**
 * Tells the layout from the first line: a line of names (GeoLite2, IPinfo, DB-IP), or the bare columns of iptoasn, DB-IP and
 * RouteViews.
 *
 * @param places country code by geoname id, for GeoLite2 country blocks.
 */
export function tableLayout(
  first: readonly string[],
  places: ReadonlyMap<string, string>,
): TableLayout | undefined {
  const at = (what: string): number => first.findIndex((name) => NAMES[what]?.includes(name.toLowerCase()));
  const column = (row: readonly string[], what: string): string => row[at(what)] ?? '';
  if (at('prefix') >= 0 || (at('first') >= 0 && at('last') >= 0)) {
    return {
      firstIsData: false,
      read: (row) => {
        const span =
          at('prefix') >= 0
            ? spanOfCidr(column(row, 'prefix'))
            : spanOfEnds(column(row, 'first'), column(row, 'last'));
        const named = places.get(column(row, 'place')) ?? places.get(column(row, 'registered')) ?? '';
        return rowOf(span, column(row, 'country') || named, column(row, 'asn'), column(row, 'network'));
      },
    };
  }
  const bare = BARE.find((one) => one.fits(first));
  return bare === undefined ? undefined : { firstIsData: true, read: (row) => bare.read(row) };
}

interface Bare {
  fits(row: readonly string[]): boolean;
  read(row: readonly string[]): TableRow | undefined;
}

const isCountry = (text = ''): boolean => /^([A-Za-z]{2}|None|-)$/.test(text);
const isAsn = (text = ''): boolean => /^\d{1,10}$/.test(text);
const hasEnds = ([first = '', last = '']: readonly string[]): boolean =>
  spanOfEnds(first, last) !== undefined;

const BARE: readonly Bare[] = [
  // iptoasn: first, last, number, country, name.
  {
    fits: (row) => hasEnds(row) && isAsn(row[2]) && isCountry(row[3]),
    read: ([first = '', last = '', asn = '', country = '', name = '']) =>
      rowOf(spanOfEnds(first, last), country, asn, name),
  },
  // first, last, number, name.
  {
    fits: (row) => hasEnds(row) && isAsn(row[2]),
    read: ([first = '', last = '', asn = '', name = '']) => rowOf(spanOfEnds(first, last), '', asn, name),
  },
  // first, last, country.
  {
    fits: (row) => hasEnds(row) && isCountry(row[2]),
    read: ([first = '', last = '', country = '']) => rowOf(spanOfEnds(first, last), country, '', ''),
  },
  // RouteViews pfx2as: address, length, origin; of several origins the first.
  {
    fits: ([address = '', length = '', origin = '']) =>
      spanOfPrefix(address, length) !== undefined && /^\d{1,10}([_,]\d{1,10})*$/.test(origin),
    read: ([address = '', length = '', origin = '']) =>
      rowOf(spanOfPrefix(address, length), '', origin.split(/[_,]/, 1)[0] ?? '', ''),
  },
  // prefix, country or number.
  {
    fits: ([prefix = '', said]) => spanOfCidr(prefix) !== undefined && (isCountry(said) || isAsn(said)),
    read: ([prefix = '', said = '', name = '']) =>
      isAsn(said) ? rowOf(spanOfCidr(prefix), '', said, name) : rowOf(spanOfCidr(prefix), said, '', ''),
  },
];

function spanOfCidr(text: string): Span | undefined {
  const [address = '', length = ''] = text.split('/');
  return spanOfPrefix(address, length);
}

function rowOf(span: Span | undefined, country: string, asn: string, network: string): TableRow | undefined {
  if (span === undefined) return undefined;
  const code = /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : '';
  const number = /^(AS)?\d{1,10}$/i.test(asn) ? Number(asn.replace(/^AS/i, '')) : 0;
  return {
    span,
    ...(code === '' || code === 'ZZ' ? {} : { country: code }),
    ...(number === 0 || number > 0xffff_ffff ? {} : { asn: number, network }),
  };
}
