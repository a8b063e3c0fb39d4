import type { ByteString } from '../../model/bytes.ts';
import { array, bulk } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { shortDoubleText } from '../decimal.ts';
import { since } from '../version.ts';
import type { Position } from './geohash.ts';
import { coordinateText } from './number-text.ts';

export function positionReply(call: Call, { longitude, latitude }: Position): ByteString {
  return array(
    [longitude, latitude].map((degrees) => {
      // Redis 8 writes as few digits as tell the double.
      const text = since(call, 8) ? shortDoubleText(degrees) : coordinateText(degrees);
      return call.client.resp === 3 ? `,${text}\r\n` : bulk(text);
    }),
  );
}
