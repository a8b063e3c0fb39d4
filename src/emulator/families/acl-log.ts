import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map, OK } from '../../wire/resp-reply.ts';
import { aclOf } from '../acl/acl.ts';
import type { DenialEntry } from '../acl/denial-log.ts';
import type { Call } from '../command.ts';
import { argument, fail, integerArgument } from '../command.ts';
import { since } from '../version.ts';
import { wrongWords } from './acl-words.ts';

const SHOWN = 10;

/** ACL LOG [count | RESET]. */
export function log(call: Call): ByteString {
  const acl = aclOf(call.world);
  if (call.argv.length > 3) fail(wrongWords(call));
  const word = call.argv[2];
  if (word?.toLowerCase() === 'reset') {
    acl.log = [];
    return OK;
  }
  const count = word === undefined ? SHOWN : Math.max(0, integerArgument(argument(call, 2)));
  return array(acl.log.slice(0, count).map((entry) => row(call, entry)));
}

function row(call: Call, entry: DenialEntry): ByteString {
  const { resp } = call.client;
  const age = Math.max(0, (call.now - entry.updated) / 1_000);
  const fields = [
    bulk('count'),
    integer(entry.count),
    bulk('reason'),
    bulk(entry.reason),
    bulk('context'),
    bulk(entry.context),
    bulk('object'),
    bulk(entry.object),
    bulk('username'),
    bulk(entry.username),
    bulk('age-seconds'),
    resp === 3 ? `,${seconds(call, age)}\r\n` : bulk(seconds(call, age)),
    bulk('client-info'),
    bulk(entry.clientInfo),
  ];
  if (since(call, 7.2)) {
    const more = {
      'entry-id': entry.id,
      'timestamp-created': entry.created,
      'timestamp-last-updated': entry.updated,
    };
    for (const [name, value] of Object.entries(more)) fields.push(bulk(name), integer(value));
  }
  return map(fields, resp);
}

/** Seventeen digits up to 7.0, the shortest form from 7.2 on; whole numbers without a point. */
const seconds = (call: Call, age: number): string => (since(call, 7.2) ? String(age) : seventeen(age));

function seventeen(value: number): string {
  const text = value.toPrecision(17);
  return text.includes('.') ? text.replace(/0{1,20}$/, '').replace(/\.$/, '') : text;
}
