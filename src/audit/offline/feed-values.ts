import type { DumpElement } from '../../dump/rdb-record.ts';
import type { RedisValue } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Inquiry } from '../inquiry.ts';
import type { JudgePace } from './judge-pace.ts';

/** Takes values out of files and has them judged. */
export interface ValueFeed {
  /** True for a name that campaigns or our sensors know. */
  readonly isKnown: (key: ByteString) => boolean;
  /** A key that is there. */
  readonly key: (db: number, key: ByteString) => void;
  /** Its values; @param at where they stand, counted over all files; @param rare its name is of a rare shape. */
  readonly values: (
    db: number,
    key: ByteString,
    kind: RedisValue['kind'],
    elements: readonly DumpElement[],
    at: number,
    rare?: boolean,
  ) => void;
}

const LONGEST_KEY = 4_096;
const MOST_NAMED = 100_000;

export function createValueFeed(inquiry: Inquiry, pace: JudgePace): ValueFeed {
  const { walk } = inquiry;
  const known = new Set(inquiry.knownNames);
  const named = new Set<string>();
  const isKnown = (key: ByteString): boolean => known.has(key);
  return {
    isKnown,
    key: (db, key) => {
      walk.names += 1;
      const name = `${db} ${key}`;
      if (!isKnown(key) || named.has(name) || named.size >= MOST_NAMED) return;
      named.add(name);
      walk.named.push({ db, key });
    },
    values: (db, key, kind, elements, at, rare) => {
      if (kind === 'other') {
        walk.skipped += 1;
        return;
      }
      const sign = isKnown(key) && named.size < MOST_NAMED ? 'known' : rare === true ? 'rare' : 'usual';
      const short = key.length > LONGEST_KEY ? key.slice(0, LONGEST_KEY) : key;
      const act = (value: ByteString, field: ByteString | undefined): RedisValue =>
        field === undefined
          ? { type: 'redis.value', db, key: short, kind, value }
          : { type: 'redis.value', db, key: short, kind, field, value };
      let judged = elements.length === 0;
      for (const { field, text, length, tail } of elements) {
        if (!pace.takes(text, at, sign)) continue;
        judged = true;
        inquiry.value({ act: act(text, field), whole: text.length === length });
        if (tail !== undefined) inquiry.value({ act: act(tail, field), whole: false });
      }
      if (judged) walk.read += 1;
    },
  };
}
