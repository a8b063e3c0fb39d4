import type { RuleMatcher } from '../../detect/rule-matcher.ts';
import type { Wanted } from '../../dump/piece.ts';
import type { AofCommand } from '../../dump/read-aof.ts';
import type { Act, RedisValue } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import { interpretCommand } from '../../redis/interpret.ts';
import type { RuleHit } from '../infection/rule-hits.ts';
import { collectRuleHits } from '../infection/rule-hits.ts';
import type { TraceSource } from '../infection/trace.ts';
import { placeOf } from '../infection/trace.ts';
import type { AofLives } from './aof-lives.ts';
import type { ValueFeed } from './feed-values.ts';
import type { JudgePace } from './judge-pace.ts';

/** What is added to an offset in this file. */
export interface FilePlace {
  /** To compare it with what `AofLives` knows. */
  readonly place: number;
  /** To spend the budget along all files. */
  readonly base: number;
}

/** Takes the commands of an append-only file. */
export interface AofFeed {
  readonly command: (command: AofCommand, file: FilePlace) => void;
  /** What the commands amount to that are more than a value written. */
  readonly ruleHits: () => readonly RuleHit[];
  /** What was done or written, and tells nothing of what is there now. */
  readonly past: () => readonly RuleHit[];
  /** Values that were judged although they are gone. */
  readonly pastValues: () => number;
}

const NO_ERROR = { reply: 'ok' } as const;

export function createAofFeed(
  rules: Pick<RuleMatcher, 'match'>,
  lives: AofLives | undefined,
  feed: ValueFeed,
  pace: JudgePace,
  wanted: Wanted,
): AofFeed {
  const acts = collectRuleHits(rules);
  const past = collectRuleHits(rules);
  const seen = new Set<string>();
  let pastValues = 0;

  const observe = (act: Act, place: string): void => {
    const source = sourceOf(act);
    if (source !== undefined) acts.observe({ act, source, place });
    else if (act.type === 'redis.command') past.observe({ act, place });
  };
  const isThere = (act: RedisValue, argv: readonly ByteString[], index: number, at: number): boolean =>
    lives === undefined ||
    (lives.isAlive(act.db, act.key, memberOf(act), at) &&
      (act.kind !== 'list' ||
        !PUSHING.test(act.command ?? '') ||
        lives.isInList(act.db, act.key, argv, index)));
  const value = (
    act: RedisValue,
    argv: readonly ByteString[],
    index: number,
    { place, base, offset }: FilePlace & { readonly offset: number },
  ): void => {
    const { db, key, kind, field } = act;
    const at = base + offset;
    if (!isThere(act, argv, index, place + offset)) {
      if (!pace.takes(act.value, at, 'usual')) return;
      pastValues += 1;
      past.observe({ act: atRest(act), place: `${placeOf({ db, key })}, no longer there`, key: { db, key } });
      return;
    }
    const name = `${db} ${key}`;
    if (!seen.has(name) && seen.size < MOST_NAMES) {
      seen.add(name);
      feed.key(db, key);
    }
    const head = kind === 'string' ? wanted.headBytes : wanted.elementBytes;
    const length = act.cut?.find((one) => one.index === -1)?.length ?? act.value.length;
    const text = act.value.slice(0, head);
    const tail =
      kind === 'string' && length === act.value.length && length > head
        ? { tail: act.value.slice(-wanted.tailBytes) }
        : {};
    feed.values(db, key, kind, [{ ...(field === undefined ? {} : { field }), text, length, ...tail }], at);
  };
  return {
    command: ({ db, argv, cut, offset }, file) => {
      let index = 0;
      for (const act of interpretCommand(argv, NO_ERROR, { db, dir: '', dbfilename: '', cut })) {
        if (act.type === 'redis.value') value(act, argv, index++, { ...file, offset });
        else observe(act, `append-only file, byte ${offset}`);
      }
      lives?.again(db, argv);
    },
    ruleHits: () => [...acts.hits.values()],
    past: () => [...past.hits.values()],
    pastValues: () => pastValues,
  };
}

const MOST_NAMES = 500_000;
const PUSHING = /^[lr]pushx?$/;

/** A field of a hash can be deleted alone, and so can a member. */
function memberOf({ kind, field, value }: RedisValue): string | undefined {
  return field ?? (kind === 'set' || kind === 'zset' ? value : undefined);
}

/** The same act that a server at rest would show. */
function atRest(act: RedisValue): RedisValue {
  const { command: _command, ...rest } = act;
  return rest;
}

/** What an act is evidence of; a command by itself tells only that it was sent, a library is judged where it is now. */
function sourceOf(act: Act): TraceSource | undefined {
  switch (act.type) {
    case 'redis.script':
      return act.via === 'function-load' ? undefined : 'functions';
    case 'shell.command':
    case 'redis.module':
      return 'modules';
    case 'redis.setting':
    case 'redis.save':
      return 'settings';
    case 'redis.replica-of':
      return 'replication';
    default:
      return undefined;
  }
}
