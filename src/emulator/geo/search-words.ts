import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, SYNTAX } from '../command.ts';
import type { ZsetValue } from '../sorted-sets/zset-store.ts';
import { since } from '../version.ts';
import type { Shape } from './area.ts';
import type { Position } from './geohash.ts';
import { positionOf } from './geohash.ts';
import { boxArgument, positionArgument, radiusArgument } from './words.ts';

/** Which of the commands that search. */
export interface SearchKind {
  /** Where what is searched for is told: before the options, or (GEOSEARCH) among them. */
  readonly by: 'position' | 'member' | 'words';
  /** GEORADIUS and GEORADIUSBYMEMBER. */
  readonly mayStore: boolean;
  /** GEOSEARCHSTORE: the target is argument 1. */
  readonly stores: boolean;
}

export interface SearchWords {
  /** Undefined when there is nothing to search in. */
  readonly shape: Shape | undefined;
  /** Meters of the unit asked for. */
  readonly unit: number;
  readonly withDistance: boolean;
  readonly withHash: boolean;
  readonly withPosition: boolean;
  readonly sort: 'asc' | 'desc' | undefined;
  /** Infinity when not said. */
  readonly count: number;
  /** The first that are found do. */
  readonly any: boolean;
  readonly target: ByteString | undefined;
  readonly storeDistance: boolean;
}

interface Found {
  withdist: boolean;
  withhash: boolean;
  withcoord: boolean;
  any: boolean;
  sort: 'asc' | 'desc' | undefined;
  count: number;
  target: ByteString | undefined;
  storeDistance: boolean;
  center: Position | undefined;
  centered: 'member' | 'position' | undefined;
  size: ReturnType<typeof radiusArgument> | ReturnType<typeof boxArgument> | undefined;
}

export function searchWords(call: Call, kind: SearchKind, zset: ZsetValue | undefined): SearchWords {
  const found: Found = {
    withdist: false,
    withhash: false,
    withcoord: false,
    any: false,
    sort: undefined,
    count: 0,
    target: kind.stores ? argument(call, 1) : undefined,
    storeDistance: false,
    center: undefined,
    centered: undefined,
    size: undefined,
  };
  let at = start(call, kind, zset, found);
  while (at < call.argv.length) at = word(call, kind, zset, found, at) ?? fail(SYNTAX);
  check(call, kind, found);
  const { center, size } = found;
  const sorted = found.sort ?? (found.count > 0 && !found.any ? 'asc' : undefined);
  return {
    shape: center === undefined || size === undefined ? undefined : shapeOf(center, size),
    unit: size?.unit ?? 1,
    withDistance: found.withdist,
    withHash: found.withhash,
    withPosition: found.withcoord,
    sort: sorted,
    count: found.count === 0 ? Infinity : found.count,
    any: found.any,
    target: found.target,
    storeDistance: found.storeDistance,
  };
}

function shapeOf(center: Position, size: NonNullable<Found['size']>): Shape {
  return 'radius' in size
    ? { kind: 'circle', center, radius: size.radius * size.unit }
    : { kind: 'box', center, width: size.width * size.unit, height: size.height * size.unit };
}

/** What comes before the options; returns where they begin. */
function start(call: Call, { by, stores }: SearchKind, zset: ZsetValue | undefined, found: Found): number {
  switch (by) {
    case 'position':
      found.center = positionArgument(call, 2);
      found.size = radiusArgument(call, 4);
      return 6;
    case 'member':
      if (zset === undefined) return 5;
      found.center = memberPosition(zset, argument(call, 2));
      found.size = radiusArgument(call, 3);
      return 5;
    case 'words':
      return stores ? 3 : 2;
  }
}

function memberPosition(zset: ZsetValue, member: ByteString): Position {
  const score = zset.scores.byMember.get(member);
  return score === undefined ? fail('ERR could not decode requested zset member') : positionOf(score);
}

/** Reads an option; returns where the next one begins, undefined when it is none. */
function word(
  call: Call,
  kind: SearchKind,
  zset: ZsetValue | undefined,
  found: Found,
  at: number,
): number | undefined {
  const name = argument(call, at).toLowerCase();
  const left = call.argv.length - at - 1;
  const searches = kind.by === 'words';
  switch (name) {
    case 'withdist':
    case 'withhash':
    case 'withcoord':
      found[name] = true;
      return at + 1;
    case 'any':
      found.any = true;
      return since(call, 6.2) ? at + 1 : undefined;
    case 'asc':
    case 'desc':
      found.sort = name;
      return at + 1;
    case 'count':
      if (left < 1) return undefined;
      found.count = Number(exactInteger(argument(call, at + 1)));
      return found.count > 0 ? at + 2 : fail('ERR COUNT must be > 0');
    case 'store':
    case 'storedist':
      if (kind.stores && name === 'storedist') {
        found.storeDistance = true;
        return at + 1;
      }
      if (!kind.mayStore || left < 1) return undefined;
      found.target = argument(call, at + 1);
      found.storeDistance = name === 'storedist';
      return at + 2;
    case 'frommember':
      if (!searches || left < 1 || found.centered === 'position') return undefined;
      found.centered = 'member';
      if (zset !== undefined) found.center = memberPosition(zset, argument(call, at + 1));
      return at + 2;
    case 'fromlonlat':
      if (!searches || left < 2 || found.centered === 'member') return undefined;
      found.center = positionArgument(call, at + 1);
      found.centered = 'position';
      return at + 3;
    case 'byradius':
      if (!searches || left < 2 || (found.size !== undefined && 'width' in found.size)) return undefined;
      found.size = radiusArgument(call, at + 1);
      return at + 3;
    case 'bybox':
      if (!searches || left < 3 || (found.size !== undefined && 'radius' in found.size)) return undefined;
      found.size = boxArgument(call, at + 1);
      return at + 4;
    default:
      return undefined;
  }
}

function check(call: Call, kind: SearchKind, found: Found): void {
  const shows = found.withdist || found.withhash || found.withcoord;
  if (found.target !== undefined && shows) {
    const who = kind.stores ? 'GEOSEARCHSTORE' : 'STORE option in GEORADIUS';
    const last = since(call, 6.2) ? 'WITHCOORD' : 'WITHCOORDS';
    fail(`ERR ${who} is not compatible with WITHDIST, WITHHASH and ${last} options`);
  }
  if (kind.by === 'words') {
    const name = argument(call, 0);
    if (found.centered === undefined) {
      fail(`ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${name}`);
    }
    if (found.size === undefined) fail(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${name}`);
  }
  if (found.any && found.count === 0) fail('ERR the ANY argument requires COUNT argument');
}
