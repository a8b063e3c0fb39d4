import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, bulks, integer, nullBulk, push } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, hold } from '../command.ts';
import { globBudget, globMatches } from '../glob.ts';
import { container } from '../subcommand.ts';
import type { ClientState } from '../world.ts';

const MOST_CHANNELS = 10_000;

const heldBy = (name: ByteString): number => name.length + 64;

type Kind = 'subscribe' | 'unsubscribe' | 'psubscribe' | 'punsubscribe';

function subscribe(kind: Kind) {
  return (call: Call): ByteString => {
    const { client } = call;
    const set = kind.startsWith('p') ? client.patterns : client.channels;
    const leaving = kind.includes('uns');
    const named = call.argv.slice(1);
    const names: (ByteString | undefined)[] = leaving && named.length === 0 ? [...set] : named;
    if (names.length === 0) names.push(undefined);
    if (!leaving && set.size + names.length > MOST_CHANNELS) fail('ERR max number of subscriptions reached');
    return names
      .map((name) => {
        if (name !== undefined && leaving && set.delete(name)) hold(call.world, client, -heldBy(name));
        if (name !== undefined && !leaving && !set.has(name)) {
          set.add(ownedBytes(name));
          hold(call.world, client, heldBy(name));
        }
        const count = integer(client.channels.size + client.patterns.size);
        const shown = name === undefined ? nullBulk(client.resp) : bulk(name);
        return push([bulk(kind), shown, count], client.resp);
      })
      .join('');
  };
}

function publish(call: Call): ByteString {
  const [channel, message] = [argument(call, 1), argument(call, 2)];
  const budget = globBudget();
  let count = 0;
  const tell = (to: ClientState, items: readonly ByteString[]): void => {
    to.link.send(push(items.map(bulk), to.resp));
    count++;
  };
  for (const client of call.world.clients.values()) {
    if (client.channels.has(channel)) tell(client, ['message', channel, message]);
    for (const pattern of client.patterns) {
      if (globMatches(pattern, channel, budget)) tell(client, ['pmessage', pattern, channel, message]);
    }
  }
  return integer(count);
}

const channels = ({ world }: Call): ByteString[] => [
  ...new Set([...world.clients.values()].flatMap((client) => [...client.channels])),
];

export const pubsub: Family = {
  subscribe: subscribe('subscribe'),
  unsubscribe: subscribe('unsubscribe'),
  psubscribe: subscribe('psubscribe'),
  punsubscribe: subscribe('punsubscribe'),
  publish,
  pubsub: container({
    channels: {
      words: -1,
      run: (call) => bulks(channels(call).filter((name) => globMatches(call.argv[2] ?? '*', name))),
    },
    numsub: {
      words: -1,
      run: (call) =>
        array(
          call.argv.slice(2).flatMap((name) => {
            const count = [...call.world.clients.values()].filter((client) => client.channels.has(name));
            return [bulk(name), integer(count.length)];
          }),
        ),
    },
    numpat: {
      words: 1,
      run: ({ world }) =>
        integer([...world.clients.values()].reduce((total, client) => total + client.patterns.size, 0)),
    },
  }),
};
