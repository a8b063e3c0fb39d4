import type { Column } from '../outputs/column.ts';
import {
  campaignView as campaignTable,
  findingView as findingTable,
  indicatorView as indicatorTable,
  sessionView as sessionTable,
  sourceView as sourceTable,
} from '../outputs/columns.ts';
import type { ListAnswer } from './answers.ts';
import { campaignListing } from './campaign-view.ts';
import { eventListing } from './event-listing.ts';
import type { ExportFormat } from './export-formats.ts';
import { findingListing } from './finding-view.ts';
import { indicatorListing } from './indicator-view.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { Listing } from './list-page.ts';
import { listPage, matching } from './list-page.ts';
import type { ListQuery } from './list-query.ts';
import { ruleListing, ruleViews } from './rule-view.ts';
import { sessionListing } from './session-view.ts';
import { sourceListing } from './source-view.ts';

/** One list of the API. */
export interface List {
  readonly page: (query: ListQuery, all: LedgerSnapshot, now: number) => ListAnswer<unknown>;
  /** The whole list as a file; absent where the command line has no such list. */
  readonly write?: (format: ExportFormat, query: ListQuery, all: LedgerSnapshot, now: number) => string;
}

/** The lists by their name in the API. */
export const LISTS: Readonly<Record<string, List>> = {
  sources: list((all) => all.sources(), sourceListing, sourceTable),
  sessions: list((all) => all.sessions(), sessionListing, sessionTable),
  findings: list((all) => all.findings(), findingListing, findingTable),
  indicators: list((all) => all.indicators(), indicatorListing, indicatorTable),
  campaigns: list((all) => all.campaigns(), campaignListing, campaignTable),
  rules: list((all) => ruleViews(all.findings()), ruleListing),
  events: list((all) => all.recent(), eventListing),
};

/** Rows of one file, at most. */
const LONGEST_FILE = 100_000;

function list<T, View>(
  itemsOf: (all: LedgerSnapshot) => readonly T[],
  listing: Listing<T, View>,
  table?: { readonly columns: readonly Column<T>[] },
): List {
  return {
    page: (query, all, now) => listPage(itemsOf(all), listing, query, all, now),
    ...(table === undefined
      ? {}
      : {
          write: (format, query, all, now) => {
            const items = matching(itemsOf(all), listing, query, all, now).slice(0, LONGEST_FILE);
            return format.write(items, table.columns);
          },
        }),
  };
}
