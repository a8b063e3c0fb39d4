import { isIP } from 'node:net';
import { about } from '../../outputs/feeds/feed.ts';
import type { FeedState } from './feed-source.ts';

interface Decision {
  readonly duration: string;
  readonly origin: string;
  readonly scenario: string;
  readonly scope: 'Ip';
  readonly type: 'ban';
  readonly value: string;
}

interface StreamAnswer {
  readonly new: readonly Decision[];
  readonly deleted: readonly Decision[];
}

const MOST_CLIENTS = 100;

/** Decisions as CrowdSec's local API streams them: all at start-up, afterwards what changed for this bouncer. */
export function crowdsecStream(): (state: FeedState, startup: boolean, client: string) => StreamAnswer {
  const given = new Map<string, ReadonlyMap<string, Decision>>();
  return (state, startup, client) => {
    const now = decisionsOf(state);
    const before = startup ? undefined : given.get(client);
    given.delete(client);
    given.set(client, now);
    for (const oldest of given.keys()) {
      if (given.size <= MOST_CLIENTS) break;
      given.delete(oldest);
    }
    return {
      new: [...now.values()].filter(({ value }) => before?.has(value) !== true),
      deleted: [...(before?.values() ?? [])].filter(({ value }) => !now.has(value)),
    };
  };
}

function decisionsOf({ items, context }: FeedState): ReadonlyMap<string, Decision> {
  const addresses = items.filter(({ indicator: { kind, value } }) => kind === 'address' && isIP(value) !== 0);
  return new Map(
    addresses.map((item) => [
      item.indicator.value,
      {
        duration: `${Math.max(1, Math.ceil((item.expires - context.now) / 3_600_000))}h`,
        origin: 'sundew',
        scenario: about(item),
        scope: 'Ip',
        type: 'ban',
        value: item.indicator.value,
      },
    ]),
  );
}
