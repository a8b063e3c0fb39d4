import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map, nullBulk, push, set, verbatim } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail } from '../command.ts';
import { since } from '../version.ts';

const NUMBERS = [0, 1, 2].map((value) => integer(value));

/** DEBUG PROTOCOL: a reply of each type. Undefined where the real server would fall over. */
export function protocolSample(call: Call): ByteString | undefined {
  const { resp } = call.client;
  const boolean = (value: boolean): ByteString =>
    resp === 3 ? `#${value ? 't' : 'f'}\r\n` : integer(value ? 1 : 0);
  const pi = since(call, 7) ? '3.141' : '3.1415926535900001';
  const big = '1234567999999999999999999999999999999';
  const attribute = `|1\r\n${bulk('key-popularity')}${array([bulk('key:123'), integer(90)])}`;
  switch (argument(call, 2).toLowerCase()) {
    case 'string':
      return bulk('Hello World');
    case 'integer':
      return integer(12_345);
    case 'double':
      return resp === 3 ? `,${pi}\r\n` : bulk(pi);
    case 'null':
      return nullBulk(resp);
    case 'array':
      return array(NUMBERS);
    case 'set':
      return set(NUMBERS, resp);
    case 'map':
      return map(
        [0, 1, 2].flatMap((value) => [integer(value), boolean(value === 1)]),
        resp,
      );
    case 'attrib':
      return `${resp === 3 ? attribute : ''}${bulk('Some real reply following the attribute')}`;
    case 'push':
      if (resp === 3) {
        const pushed = push([bulk('server-cpu-usage'), integer(42)], resp);
        const reply = bulk('Some real reply following the push reply');
        // From 7.2 on a push waits until the reply has been given.
        return since(call, 7.2) ? reply + pushed : pushed + reply;
      }
      return since(call, 7) ? fail('ERR RESP2 is not supported by this command') : undefined;
    case 'verbatim':
      return verbatim('This is a verbatim\nstring', resp);
    case 'true':
      return boolean(true);
    case 'false':
      return boolean(false);
    case 'bignum':
      return resp === 3 ? `(${big}\r\n` : bulk(big);
    default:
      return fail(
        'ERR Wrong protocol type name. Please use one of the following: string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false',
      );
  }
}
