import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer, map, OK, verbatim } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, nil, SYNTAX } from '../command.ts';
import { doubleText } from '../decimal.ts';
import { helpReply } from '../help-reply.ts';
import { allocatorText } from '../memory-usage/allocator-text.ts';
import { memoryAdvice } from '../memory-usage/memory-advice.ts';
import { memoryStatistics } from '../memory-usage/memory-statistics.ts';
import { memoryUsage } from '../memory-usage/memory-usage.ts';
import { container } from '../subcommand.ts';
import { since } from '../version.ts';

const USUAL_SAMPLES = 5;

function usage(call: Call): ByteString {
  let samples = USUAL_SAMPLES;
  for (let at = 3; at < call.argv.length; at += 2) {
    if (argument(call, at).toLowerCase() !== 'samples' || at + 1 >= call.argv.length) fail(SYNTAX);
    samples = integerArgument(argument(call, at + 1));
    if (samples < 0) fail(SYNTAX);
  }
  // What is past its time goes first.
  call.db.size(call.now);
  const bytes = memoryUsage(call.world, call.db, argument(call, 2), samples);
  return bytes === undefined ? nil(call) : integer(bytes);
}

function stats(call: Call): ByteString {
  const {
    world,
    client: { resp },
  } = call;
  const pairs = memoryStatistics(world).flatMap(([name, figure]) => {
    if (typeof figure === 'number') return [bulk(name), integer(figure)];
    if ('ratio' in figure) return [bulk(name), ratio(call, figure.ratio)];
    const inner = Object.entries(figure.parts).flatMap(([part, bytes]) => [bulk(part), integer(bytes)]);
    return [bulk(name), map(inner, resp)];
  });
  return map(pairs, resp);
}

/** Up to 7.0 RESP2 has 17 digits, later ones as many as are needed. */
function ratio(call: Call, value: number): ByteString {
  const text = since(call, 7.2) ? String(value) : doubleText(value);
  return call.client.resp === 3 ? `,${text}\r\n` : bulk(text);
}

export const memory: Family = {
  memory: container(
    {
      usage: { words: -2, run: usage },
      stats: { words: 1, run: stats },
      doctor: { words: 1, run: ({ world, client }) => verbatim(memoryAdvice(world), client.resp) },
      'malloc-stats': { words: 1, run: ({ world, client }) => verbatim(allocatorText(world), client.resp) },
      purge: { words: 1, run: () => OK },
      help: { words: 1, run: (call) => helpReply(call, 'MEMORY') },
    },
    '',
  ),
};
