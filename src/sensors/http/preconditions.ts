import type { RequestHead } from '../../wire/http1/head.ts';
import { headerOf } from '../../wire/http1/head.ts';
import type { SiteFile } from './site.ts';

/** What the conditions and ranges of a request make of a file. */
export type Selection =
  | { readonly kind: 'whole' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'beyond' }
  /** `end` is exclusive. */
  | { readonly kind: 'part'; readonly from: number; readonly end: number };

/** HTTP dates as in `Sun, 06 Nov 1994 08:49:37 GMT`, from seconds since 1970. */
export function httpDate(seconds: number): string {
  return new Date(seconds * 1_000).toUTCString();
}

/** RFC 9110, 13 and 14, as servers have it: one range; several are answered with the whole file. */
export function selectionOf(head: RequestHead, { content, modified }: SiteFile, etag: string): Selection {
  const match = headerOf(head, 'if-match');
  if (match !== undefined && !lists(match, etag)) return { kind: 'failed' };
  const none = headerOf(head, 'if-none-match');
  const since = headerOf(head, 'if-modified-since');
  // The date has to be the same one, not a later one: `if_modified_since exact` is what nginx does by default.
  if (none === undefined ? since === httpDate(modified) : lists(none, etag)) return { kind: 'unchanged' };
  const range = headerOf(head, 'range');
  const condition = headerOf(head, 'if-range');
  if (range === undefined) return { kind: 'whole' };
  if (condition !== undefined && condition !== etag && condition !== httpDate(modified))
    return { kind: 'whole' };
  return rangeOf(range, content.length);
}

function lists(tags: string, etag: string): boolean {
  return tags.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}

function rangeOf(range: string, length: number): Selection {
  const parts = /^bytes= *(\d{0,15}) *- *(\d{0,15}) *$/.exec(range);
  const [, first = '', last = ''] = parts ?? [];
  if (parts === null) return { kind: 'whole' };
  if (first === '') {
    if (last === '') return { kind: 'beyond' };
    return Number(last) === 0
      ? { kind: 'beyond' }
      : { kind: 'part', from: Math.max(0, length - Number(last)), end: length };
  }
  const from = Number(first);
  const end = last === '' ? length : Math.min(length, Number(last) + 1);
  return from >= length || end <= from ? { kind: 'beyond' } : { kind: 'part', from, end };
}
