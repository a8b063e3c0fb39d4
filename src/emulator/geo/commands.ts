import type { ByteString } from '../../model/bytes.ts';
import { bulk } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, nil, nilArray, SYNTAX } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { add as addScores } from '../sorted-sets/add.ts';
import { zsetOf } from '../sorted-sets/zset-store.ts';
import { since } from '../version.ts';
import { distanceBetween } from './distance.ts';
import { bitsOf, cellOf, geohashText, MOST_STEPS, positionOf } from './geohash.ts';
import { distanceText } from './number-text.ts';
import { positionReply } from './position-reply.ts';
import { NEAREST } from './trigonometry.ts';
import { positionArgument, unitArgument } from './words.ts';

const USAGE = 'ERR syntax error. Try GEOADD key [x1] [y1] [name1] [x2] [y2] [name2] ... ';
const OPTIONS = ['nx', 'xx', 'ch'];

/** GEOADD is ZADD with positions for scores. */
export function add(call: Call): ByteString {
  let at = 2;
  const options: string[] = [];
  if (since(call, 6.2)) {
    for (; OPTIONS.includes(argument(call, at).toLowerCase()); at++)
      options.push(argument(call, at).toLowerCase());
  }
  if ((call.argv.length - at) % 3 !== 0) fail(since(call, 6.2) ? SYNTAX : USAGE);
  if (options.includes('nx') && options.includes('xx')) fail(SYNTAX);
  const argv = ['zadd', argument(call, 1), ...options];
  for (; at < call.argv.length; at += 3) {
    const cell = cellOf(positionArgument(call, at), MOST_STEPS);
    argv.push(String(bitsOf(cell)), argument(call, at + 2));
  }
  return addScores({ ...call, argv });
}

export function positions(call: Call): ByteString {
  const scores = zsetOf(call, argument(call, 1))?.scores.byMember;
  return boundedArray(call.argv.slice(2), (member) => {
    const score = scores?.get(member);
    return score === undefined ? nilArray(call) : positionReply(call, positionOf(score));
  });
}

export function hashes(call: Call): ByteString {
  const scores = zsetOf(call, argument(call, 1))?.scores.byMember;
  return boundedArray(call.argv.slice(2), (member) => {
    const score = scores?.get(member);
    return score === undefined ? nil(call) : bulk(geohashText(positionOf(score)));
  });
}

export function distance(call: Call): ByteString {
  if (call.argv.length > 5) fail(SYNTAX);
  const unit = call.argv.length === 5 ? unitArgument(call, argument(call, 4)) : 1;
  const scores = zsetOf(call, argument(call, 1))?.scores.byMember;
  const [one, other] = [scores?.get(argument(call, 2)), scores?.get(argument(call, 3))];
  if (one === undefined || other === undefined) return nil(call);
  const meters = distanceBetween(positionOf(one), positionOf(other), since(call, 7), NEAREST);
  return bulk(distanceText(meters / unit, since(call, 7.2)));
}
