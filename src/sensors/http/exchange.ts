import { createHash } from 'node:crypto';
import type { Act, ActOf, Cut } from '../../model/act.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { RequestHead } from '../../wire/http1/head.ts';
import { parseRequestLine } from '../../wire/http1/request-line.ts';
import { looksLike } from '../../wire/looks-like.ts';
import type { BodyRecord } from './body-record.ts';

/** Bytes of a target and of a method that an act holds. */
const TARGET = 8_192;
const METHOD = 64;
const VERSION = 64;
const SAMPLE = 256;

/** What a request is recorded as. Bytes that are no request at all are a fault of the wire. */
export function requestAct(head: RequestHead, body: BodyRecord, status: number): Act {
  if (!head.flaws.has('line')) return act(head, body, status);
  // The server did not take it for one, and read no further; people would.
  const line = parseRequestLine(head.line);
  const reads = line !== undefined && /^[!-~]+$/.test(line.method) && /^\d\.\d$/.test(line.version);
  if (!reads) return faultAct('not a request line', head.line);
  return { ...act({ ...head, ...line }, body, status), lacks: ['headers', 'body'] };
}

function act(head: RequestHead, body: BodyRecord, status: number): ActOf<'http.request'> {
  const { body: kept, cut } = body.done();
  const cuts: Cut[] = cut === undefined ? [] : [cut];
  if (head.target.length > TARGET) {
    const sha256 = createHash('sha256').update(head.target, 'latin1').digest('hex');
    cuts.unshift({ index: 0, length: head.target.length, sha256 });
  }
  return {
    type: 'http.request',
    method: ownedBytes(head.method.slice(0, METHOD)),
    target: ownedBytes(head.target.slice(0, TARGET)),
    version: ownedBytes(head.version.slice(0, VERSION)),
    headers: head.headers.map(([name, value]): [string, string] => [name, value]),
    body: kept,
    status,
    ...(cuts.length === 0 ? {} : { cut: cuts }),
  };
}

export function faultAct(fault: string, bytes: string): Act {
  const sample = ownedBytes(bytes.slice(0, SAMPLE));
  return { type: 'wire.fault', fault, looksLike: looksLike(sample), sample };
}
