import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import type { DeniedCall, SlowCall } from '../server-facts.ts';
import { LOG_ENTRIES } from './allowed.ts';
import { fieldsOf, itemsOf, numberOf, textOf, textsOf } from './reply-values.ts';

/** Redis cuts arguments at 128 bytes and says how many are missing; 32 words. */
const LONGEST_WORD = 256;
const MOST_WORDS = 32;

/** SLOWLOG GET: id, seconds, microseconds, words and, since Redis 4, address and name of the client. */
export function readSlowCalls(reply: Reply | undefined): readonly SlowCall[] | undefined {
  return itemsOf(reply)
    ?.slice(0, LOG_ENTRIES)
    .flatMap((item) => {
      const [, time, micros, words, client] = itemsOf(item) ?? [];
      const argv = textsOf(words)
        ?.slice(0, MOST_WORDS)
        .map((word) => word.slice(0, LONGEST_WORD));
      const [seconds, duration] = [numberOf(time), numberOf(micros)];
      if (argv === undefined || seconds === undefined || duration === undefined) return [];
      return [{ time: seconds, micros: duration, argv, client: shortened(client) }];
    });
}

/** ACL LOG: a map an entry; `client-info` is a line of CLIENT LIST. */
export function readDeniedCalls(reply: Reply | undefined): readonly DeniedCall[] | undefined {
  return itemsOf(reply)
    ?.slice(0, LOG_ENTRIES)
    .flatMap((item) => {
      const fields = fieldsOf(item);
      const reason = fields?.get('reason');
      if (fields === undefined || reason === undefined) return [];
      const line = textOf(fields.get('client-info'))?.slice(0, 1_024) ?? '';
      return [
        {
          count: numberOf(fields.get('count')) ?? 1,
          reason: shortened(reason),
          object: shortened(fields.get('object')),
          user: shortened(fields.get('username')),
          ageSeconds: secondsOf(fields.get('age-seconds')),
          client: /(?:^| )addr=([^ ]{1,128})/.exec(line)?.[1] ?? '',
        },
      ];
    });
}

function shortened(reply: Reply | undefined): ByteString {
  return textOf(reply)?.slice(0, LONGEST_WORD) ?? '';
}

/** A text in RESP2, a double in RESP3. */
function secondsOf(reply: Reply | undefined): number {
  const value = reply?.kind === 'double' ? reply.value : Number(textOf(reply)?.slice(0, 40) ?? Number.NaN);
  return Number.isFinite(value) ? value : 0;
}
