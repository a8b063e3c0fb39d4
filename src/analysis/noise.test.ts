import { expect, test } from 'vitest';
import type { Act } from '../model/act.ts';
import type { Place } from '../model/place.ts';
import type { Session } from '../model/session.ts';
import { countTalk, noiseOf } from './noise.ts';

const command = (name: string): Act => ({ type: 'redis.command', name, args: [], db: 0, reply: 'ok' });
const fault = (looksLike: 'tls' | 'http' | 'redis'): Act => ({
  type: 'wire.fault',
  fault: 'bad-type',
  looksLike,
  sample: '',
});
const research: Place = { country: 'US', asn: 398_324, kind: 'research' };

function noise(acts: readonly Act[], stage?: Session['stage'], place?: Place) {
  const talk = { telling: false, foreign: false };
  for (const act of acts) countTalk(talk, act);
  const commands = acts.filter(({ type }) => type === 'redis.command').length;
  return noiseOf({ commands, ...(stage === undefined ? {} : { stage }) }, talk, place);
}

test.for([
  ['a visit without a word', [], 'silent'],
  ['PING and INFO', [command('ping'), command('info')], 'probe'],
  ['TLS on a plain port', [fault('tls')], 'wrong-protocol'],
  ['PING, then HTTP', [command('ping'), fault('http')], 'wrong-protocol'],
  ['a broken Redis frame', [fault('redis')], undefined],
  ['KEYS', [command('keys')], undefined],
  ['six times INFO', Array.from({ length: 6 }, () => command('info')), undefined],
] as const)('%s', ([, acts, wanted]) => {
  expect(noise(acts)).toBe(wanted);
});

test('a research scanner is noise, also when it looks around', () => {
  expect(noise([command('keys')], 'reconnaissance', research)).toBe('research');
});

test('an attack is never noise, whoever it comes from', () => {
  expect(noise([command('ping')], 'access', research)).toBeUndefined();
});
