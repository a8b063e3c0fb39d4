import { isDistinctiveKey } from '../../content/distinctive.ts';
import { shapeFingerprint, valueFingerprint } from '../../content/fingerprint.ts';
import { isNowhere, isPrivate } from '../../content/ipv4.ts';
import type { ByteString } from '../../model/bytes.ts';
import { endpointParts } from '../../model/endpoint.ts';
import type { Indicator, IndicatorKind } from '../../model/indicator.ts';

/** What this installation's sensors learnt, made ready to be looked up. */
export interface LearntIndex {
  /** Key names worth asking a server for, most certain first. */
  readonly keyNames: readonly ByteString[];
  get(kind: IndicatorKind, value: string): Indicator | undefined;
  /** The value itself or its shape, as it was written into a sensor. */
  value(bytes: ByteString): readonly Indicator[];
  /** False when there is nothing to compare values with. */
  readonly knowsValues: boolean;
}

/** Below this an indicator is generic: nothing to go by. */
const TELLING = 0.3;
/** From here on it may stand alone, where its kind allows that. */
export const SURE = 0.5;
/** Names one audit asks for: eight EXISTS a database. */
const MOST_KEY_NAMES = 2_000;
/** A visitor may write longer ones; to ask every server for them would be a burden, and refused by allowed.ts. */
const LONGEST_KEY_NAME = 512;

/**
 * Attackers choose what a sensor learns. Generic indicators, key names that honest servers have, and addresses that
 * mean another machine in every network are left out here, whatever confidence they come with.
 */
export function createLearntIndex(indicators: readonly Indicator[]): LearntIndex {
  const known = new Map<string, Indicator>();
  for (const indicator of indicators) {
    if (indicator.confidence < TELLING || !isFit(indicator)) continue;
    const name = `${indicator.kind} ${indicator.value}`;
    if ((known.get(name)?.confidence ?? 0) < indicator.confidence) known.set(name, indicator);
  }
  const get = (kind: IndicatorKind, value: string): Indicator | undefined => known.get(`${kind} ${value}`);
  const all = [...known.values()];
  const knowsValues = all.some(({ kind }) => VALUE_KINDS.includes(kind));
  return {
    keyNames: all
      .filter(({ kind }) => kind === 'key')
      .toSorted((left, right) => right.confidence - left.confidence || right.lastSeen - left.lastSeen)
      .slice(0, MOST_KEY_NAMES)
      .map(({ value }) => value),
    get,
    value: (bytes) => {
      const whole = get('value', valueFingerprint(bytes));
      const shape = shapeFingerprint(bytes);
      const alike = shape === undefined ? undefined : get('value-shape', shape);
      return [whole, alike].flatMap((indicator) => indicator ?? []);
    },
    knowsValues,
  };
}

const VALUE_KINDS: readonly IndicatorKind[] = [
  'value',
  'value-shape',
  'url',
  'endpoint',
  'ssh-key',
  'wallet',
  'address',
  'host',
];

function isFit({ kind, value }: Indicator): boolean {
  switch (kind) {
    case 'key':
      return value.length <= LONGEST_KEY_NAME && isDistinctiveKey(value);
    case 'address':
      return isOneMachine(value);
    case 'endpoint':
      return isOneMachine(endpointParts(value).host);
    case 'url':
      return isOneMachine(/^[a-z+]+:\/\/([^/:?]*)/.exec(value.slice(0, 300))?.[1] ?? '');
    case 'module':
      return !isOfficialModule(value);
    default:
      return true;
  }
}

/** The address does not mean another machine in every network. */
function isOneMachine(host: string): boolean {
  return !isNowhere(host) && !isPrivate(host);
}

/** Modules that Redis Stack, Redis 8 and the clouds load; an attacker may name one to accuse them. */
const OFFICIAL_MODULES = new Set(
  'rejson search searchlight redisearch timeseries redistimeseries bf redisbloom graph redisgears redisgears_2 rediscompat ai vectorset json ldap valkey-json valkey-bloom valkeysearch lua valkey-lua vset'.split(
    ' ',
  ),
);

/** Published by others; before Redis 7 MODULE LIST tells no path that would tell them from an attacker's. */
const PUBLISHED_MODULES = new Set(
  'redis-cell redis-ml rediscell roaring redis-roaring reroaring neuralredis countminsketch topk cuckoofilter rate-limiter ratelimit rxlists rxhashes rxkeys rxstrings rxgeo secondary interval_sets redisears redis-tdigest tdigest redis_hnsw redis-rope reventis rediscron jsondup raftdis tairhash tairstring tairzset tairdoc tairgis exhash exstrtype exzset commentdis automata graphicdb smartcache ltable datetime password cthulhu zstd session-gate redis-lua'.split(
    ' ',
  ),
);

export function isKnownModule(name: ByteString): boolean {
  return isOfficialModule(name) || PUBLISHED_MODULES.has(name.toLowerCase());
}

export function isOfficialModule(name: ByteString): boolean {
  return OFFICIAL_MODULES.has(name.toLowerCase());
}
