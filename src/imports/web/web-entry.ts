import type { ActOf } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Peer } from '../../model/event.ts';

/** A request, or what came where one should have stood: then method and version are empty. */
export type WebAct = ActOf<'http.request'>;

export type Headers = ActOf<'http.request'>['headers'];
export type Lacks = readonly ('headers' | 'body' | 'query')[];

/** What one line of a web log says. */
export interface WebEntry {
  /** Milliseconds since 1970 UTC; NaN when it is none. */
  readonly time: number;
  /** Who the server talked to. */
  readonly peer: Peer;
  /** The value of X-Forwarded-For: whatever the visitor and proxies wrote. */
  readonly forwarded?: ByteString;
  readonly local?: { readonly address: string; readonly port: number };
  readonly act: WebAct;
  /** Bytes of the request and of the reply, as far as the log tells. */
  readonly received: number;
  readonly sent: number;
}

/** A line that says something, one that is fine and says nothing (undefined), or why it cannot be read. */
export type Parsed = WebEntry | string | undefined;
export type LineParser = (line: ByteString) => Parsed;

export const NO_ADDRESS = 'it names no address';
export const NO_STATUS = 'its status is no number';
