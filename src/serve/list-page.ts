import type { Severity } from '../model/severity.ts';
import { severityRank } from '../model/severity.ts';
import type { ListAnswer } from './answers.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { ListQuery } from './list-query.ts';
import { sincePoint } from './list-query.ts';

/** What one kind of list knows about its items, so that filters and orders mean the same in all of them. */
export interface Listing<T, View> {
  /** Texts that `contains` looks into. */
  readonly texts: (item: T, snapshot: LedgerSnapshot) => readonly (string | undefined)[];
  readonly severity?: (item: T) => Severity | undefined;
  /** Whose places `country` and `asn` look at; one is enough. */
  readonly addresses?: (item: T) => readonly string[];
  /** Hidden unless asked for. */
  readonly noise?: (item: T) => boolean;
  /** Newest first means by this. */
  readonly time: (item: T) => number;
  /** What `since` is compared with, where that is another time. */
  readonly began?: (item: T) => number;
  /** Does the item pass the filters that are named after other things (a session, a rule, a campaign)? */
  readonly passes: (item: T, query: ListQuery) => boolean;
  readonly orders: Partial<Record<NonNullable<ListQuery['sort']>, (item: T) => number | string>>;
  /** The printable form; made for the items of the page only. */
  readonly view: (item: T, snapshot: LedgerSnapshot) => View;
}

/** One page of a list. Without a sort: newest first. */
export function listPage<T, View>(
  items: readonly T[],
  listing: Listing<T, View>,
  query: ListQuery,
  snapshot: LedgerSnapshot,
  now: number,
): ListAnswer<View> {
  const all = matching(items, listing, { ...query, noise: '1' }, snapshot, now);
  const found = all.filter((item) => !isHidden(item, listing, query));
  const page = found.slice(query.offset, query.offset + query.limit);
  return {
    total: found.length,
    ...(listing.noise === undefined ? {} : { noise: all.length - found.length }),
    offset: query.offset,
    items: page.map((item) => listing.view(item, snapshot)),
  };
}

/** All items that pass the query's filters, in its order. */
export function matching<T, View>(
  items: readonly T[],
  listing: Listing<T, View>,
  query: ListQuery,
  snapshot: LedgerSnapshot,
  now: number,
): readonly T[] {
  const wanted = query.contains?.toLowerCase();
  const until = query.until === undefined ? Number.POSITIVE_INFINITY : sincePoint(query.until, now);
  const since = query.since === undefined ? Number.NEGATIVE_INFINITY : sincePoint(query.since, now);
  const found = items.filter(
    (item) =>
      (listing.began ?? listing.time)(item) >= since &&
      (listing.began ?? listing.time)(item) < until &&
      !isHidden(item, listing, query) &&
      severeEnough(listing.severity?.(item), query) &&
      listing.passes(item, query) &&
      isThere(item, listing, query, snapshot) &&
      (!wanted || listing.texts(item, snapshot).some((text) => text?.toLowerCase().includes(wanted))),
  );
  return ordered(found, listing, query);
}

function isHidden<T>(item: T, { noise }: Pick<Listing<T, unknown>, 'noise'>, query: ListQuery): boolean {
  // Who asks for one source or one visit wants to see it.
  if (query.noise !== undefined || query.source !== undefined || query.session !== undefined) return false;
  return noise?.(item) === true;
}

function isThere<T>(
  item: T,
  { addresses }: Pick<Listing<T, unknown>, 'addresses'>,
  { country, asn }: ListQuery,
  { placeOf }: LedgerSnapshot,
): boolean {
  if ((country === undefined && asn === undefined) || addresses === undefined) return true;
  return addresses(item).some((address) => {
    const place = placeOf(address);
    return (
      (country === undefined || (place?.country ?? 'unknown') === country) &&
      (asn === undefined || place?.asn === asn)
    );
  });
}

function severeEnough(severity: Severity | undefined, { severity: least, level }: ListQuery): boolean {
  if (level !== undefined && severity !== level) return false;
  if (least === undefined) return true;
  return severity !== undefined && severityRank(severity) >= severityRank(least);
}

function ordered<T, View>(items: T[], listing: Listing<T, View>, { sort = 'recent', order }: ListQuery): T[] {
  const key = listing.orders[sort] ?? listing.time;
  const sign = (order ?? (sort === 'name' ? 'asc' : 'desc')) === 'asc' ? 1 : -1;
  return items
    .map((item, at) => ({ item, at, key: key(item), time: listing.time(item) }))
    .toSorted((a, b) => sign * compare(a.key, b.key) || b.time - a.time || b.at - a.at)
    .map(({ item }) => item);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
