import type { Act } from '../model/act.ts';
import type { Place } from '../model/place.ts';
import type { Noise, Session } from '../model/session.ts';
import { stageRank } from '../model/severity.ts';

/** What a session said, as far as it tells noise from visits that are worth a look. */
export interface Talk {
  /** It sent a command that asks or does more than HARMLESS. */
  telling: boolean;
  /** It sent bytes of another protocol. */
  foreign: boolean;
}

/** What every client library, health check and scanner sends before it wants something. */
const HARMLESS = new Set([
  'ping',
  'echo',
  'info',
  'quit',
  'hello',
  'command',
  'command|docs',
  'command|count',
  'client|setname',
  'client|setinfo',
  'client|getname',
  'client|id',
  'select',
  'time',
  'dbsize',
  'exit',
]);

/** More than this many harmless commands are no probe: somebody looks around. */
const MOST_OF_A_PROBE = 5;

export function countTalk(talk: Talk, act: Act): void {
  switch (act.type) {
    case 'session.opened':
    case 'session.closed':
    case 'session.flood':
      return;
    case 'http.request':
    case 'smb.command':
    case 'smb.login':
      // By itself no more than a question; an attack in it is a finding.
      return;
    case 'wire.fault':
      if (act.looksLike === 'redis') talk.telling = true;
      else talk.foreign = true;
      return;
    case 'redis.command':
      if (!HARMLESS.has(act.name)) talk.telling = true;
      return;
    default:
      talk.telling = true;
  }
}

/** Undefined for a visit that is worth a look; an attack is never noise, whoever it came from. */
export function noiseOf(
  session: Pick<Session, 'stage' | 'commands'>,
  talk: Talk,
  place: Place | undefined,
): Noise | undefined {
  if (session.stage !== undefined && stageRank(session.stage) >= stageRank('access')) return undefined;
  if (place?.kind === 'research') return 'research';
  if (talk.telling) return undefined;
  if (talk.foreign) return 'wrong-protocol';
  if (session.commands === 0) return 'silent';
  return session.commands <= MOST_OF_A_PROBE ? 'probe' : undefined;
}
