import type { ByteString } from '../../model/bytes.ts';
import { bulk, bulks, integer, nullBulk, push } from '../../wire/resp-reply.ts';
import type { Call, Family, Handler } from '../command.ts';
import { argument, fail } from '../command.ts';
import { globBudget, globMatches } from '../glob.ts';
import { helpReply } from '../help-reply.ts';
import { mayHold } from '../may-hold.ts';
import { publish, publishToShard } from '../publish.ts';
import { boundedArray } from '../reply-bound.ts';
import { container } from '../subcommand.ts';
import type { SubscriptionKind } from '../subscriptions.ts';
import { heldBy, join, leave } from '../subscriptions.ts';
import { since } from '../version.ts';

const MOST_CHANNELS = 10_000;

/** The number that a reply tells: shard channels are counted apart. */
function subscriptions({ client }: Call, kind: SubscriptionKind): ByteString {
  const { channels, patterns, shardChannels } = client;
  return integer(kind === 'shardChannels' ? shardChannels.size : channels.size + patterns.size);
}

function subscribe(word: string, kind: SubscriptionKind): Handler {
  return (call) => {
    const { world, client } = call;
    const names = call.argv.slice(1);
    if (client[kind].size + names.length > MOST_CHANNELS) fail('ERR max number of subscriptions reached');
    mayHold(
      call,
      names.reduce((total, name) => total + heldBy(name), 0),
    );
    return names
      .map((name) => {
        join(world, client, kind, name);
        return push([bulk(word), bulk(name), subscriptions(call, kind)], client.resp);
      })
      .join('');
  };
}

function unsubscribe(word: string, kind: SubscriptionKind): Handler {
  return (call) => {
    const { world, client } = call;
    const names = call.argv.length > 1 ? call.argv.slice(1) : [...client[kind]];
    if (names.length === 0)
      return push([bulk(word), nullBulk(client.resp), subscriptions(call, kind)], client.resp);
    return names
      .map((name) => {
        leave(world, client, kind, name);
        return push([bulk(word), bulk(name), subscriptions(call, kind)], client.resp);
      })
      .join('');
  };
}

const namesOf =
  (kind: SubscriptionKind): Handler =>
  ({ world, argv }) => {
    const [pattern, budget] = [argv[2], globBudget()];
    const names = [...world[kind].keys()];
    return bulks(pattern === undefined ? names : names.filter((name) => globMatches(pattern, name, budget)));
  };

const countsOf =
  (kind: SubscriptionKind): Handler =>
  ({ world, argv }) => {
    const names = argv.slice(2);
    const counted = boundedArray(names, (name) => bulk(name) + integer(world[kind].get(name)?.size ?? 0));
    return `*${names.length * 2}${counted.slice(counted.indexOf('\r'))}`;
  };

/** Up to 6.0 each subscription to a pattern counts, from 6.2 on each pattern. */
const patterns: Handler = (call) => {
  const { patterns: known } = call.world;
  if (since(call, 6.2)) return integer(known.size);
  return integer([...known.values()].reduce((total, listeners) => total + listeners.size, 0));
};

const older = {
  channels: { words: -1, run: namesOf('channels') },
  numsub: { words: -1, run: countsOf('channels') },
  numpat: { words: 1, run: patterns },
};
const before7 = container({
  ...older,
  help: { words: 1, run: (call) => helpReply(call, 'PUBSUB') },
});
const from7 = container({
  ...older,
  shardchannels: { words: -1, run: namesOf('shardChannels') },
  shardnumsub: { words: -1, run: countsOf('shardChannels') },
  help: { words: 1, run: (call) => helpReply(call, 'PUBSUB') },
});

export const pubsub: Family = {
  subscribe: subscribe('subscribe', 'channels'),
  unsubscribe: unsubscribe('unsubscribe', 'channels'),
  psubscribe: subscribe('psubscribe', 'patterns'),
  punsubscribe: unsubscribe('punsubscribe', 'patterns'),
  ssubscribe: subscribe('ssubscribe', 'shardChannels'),
  sunsubscribe: unsubscribe('sunsubscribe', 'shardChannels'),
  publish: (call) => integer(publish(call.world, argument(call, 1), argument(call, 2))),
  spublish: (call) => integer(publishToShard(call.world, argument(call, 1), argument(call, 2))),
  pubsub: (call) => (since(call, 7) ? from7(call) : before7(call)),
};
