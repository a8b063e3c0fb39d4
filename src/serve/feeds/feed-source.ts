import type { FeedItem } from '../../analysis/feed-items.ts';
import { feedItems } from '../../analysis/feed-items.ts';
import type { FeedContext } from '../../outputs/feeds/feed.ts';
import type { DashboardContext } from '../context.ts';

/** What the feeds of the dashboard give: `sundew feed` with its defaults, made anew once a minute at most. */
export interface FeedSource {
  current(): FeedState;
}

export interface FeedState {
  readonly items: readonly FeedItem[];
  readonly context: FeedContext;
  /** Another number when it was made anew. */
  readonly made: number;
}

const FRESH_MS = 60_000;
const LEAST_CONFIDENCE = 0.5;

export function createFeedSource({
  snapshot,
  clock,
}: Pick<DashboardContext, 'snapshot' | 'clock'>): FeedSource {
  let state: FeedState | undefined;
  let made = Number.NEGATIVE_INFINITY;
  return {
    current: () => {
      if (state !== undefined && clock.monotonic() - made < FRESH_MS) return state;
      made = clock.monotonic();
      const all = snapshot();
      const now = clock.now();
      const items = feedItems(all.indicators(), all.campaigns(), { now, minConfidence: LEAST_CONFIDENCE });
      state = { items, context: { now, producer: 'Sundew', tlp: 'amber' }, made: (state?.made ?? 0) + 1 };
      return state;
    },
  };
}
