import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, SYNTAX } from '../command.ts';
import { since } from '../version.ts';

/** The words of XREAD and XREADGROUP, before any key was looked at. */
export interface ReadWords {
  /** Milliseconds, 0 for ever; undefined when the client is not to wait. */
  readonly timeoutMs: number | undefined;
  /** Infinity when not said. */
  readonly count: number;
  readonly group: ByteString | undefined;
  readonly consumer: ByteString;
  readonly noAck: boolean;
  readonly keys: readonly ByteString[];
  /** As they were written, one a key. */
  readonly ids: readonly ByteString[];
}

export function readWords(call: Call, grouped: boolean): ReadWords {
  let timeoutMs: number | undefined;
  let count = 0n;
  let group: ByteString | undefined;
  let consumer = '';
  let noAck = false;
  let streams = 0;
  for (let at = 1; at < call.argv.length && streams === 0; at++) {
    const word = argument(call, at).toLowerCase();
    const more = call.argv.length - at - 1;
    if (word === 'block' && more > 0) timeoutMs = timeout(call, argument(call, ++at));
    else if (word === 'count' && more > 0) count = exactInteger(argument(call, ++at));
    else if (word === 'streams' && more > 0) {
      streams = at + 1;
      if (more % 2 !== 0) fail(unbalanced(call, grouped));
    } else if (word === 'group' && more >= 2) {
      if (!grouped) fail(ONLY_GROUPED('GROUP'));
      [group, consumer] = [argument(call, at + 1), argument(call, at + 2)];
      at += 2;
    } else if (word === 'noack') {
      if (!grouped) fail(ONLY_GROUPED('NOACK'));
      noAck = true;
    } else fail(SYNTAX);
  }
  if (streams === 0) fail(SYNTAX);
  if (grouped && group === undefined) fail('ERR Missing GROUP option for XREADGROUP');
  const half = (call.argv.length - streams) / 2;
  return {
    timeoutMs,
    count: count <= 0n ? Infinity : Number(count),
    group,
    consumer,
    noAck,
    keys: call.argv.slice(streams, streams + half),
    ids: call.argv.slice(streams + half),
  };
}

const ONLY_GROUPED = (word: string): string =>
  `ERR The ${word} option is only supported by XREADGROUP. You called XREAD instead.`;

function unbalanced(call: Call, grouped: boolean): string {
  const modern = since(call, 7.2);
  const name = modern ? `'${grouped ? 'xreadgroup' : 'xread'}'` : 'XREAD';
  const wanted = modern && grouped ? "ID or '>'" : since(call, 7.4) ? "ID, '+', or '$'" : "ID or '$'";
  return `ERR Unbalanced ${name} list of streams: for each stream key an ${wanted} must be specified.`;
}

function timeout(call: Call, text: ByteString): number {
  const ms = exactInteger(text, 'ERR timeout is not an integer or out of range');
  if (ms < 0n) fail('ERR timeout is negative');
  if (since(call, 7.2) && ms > 9_223_372_036_854_775_807n - BigInt(call.now))
    fail('ERR timeout is out of range');
  return Number(ms);
}
