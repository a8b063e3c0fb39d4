import type { Persona } from '../emulator/persona.ts';
import { PersonaFault } from '../emulator/persona-fault.ts';
import { infoField } from './record-info.ts';

export type Release = Pick<Persona, 'engine' | 'version' | 'redisVersion' | 'level'>;

const LEVELS = [6, 6.2, 7, 7.2, 7.4, 8] as const;
const NEWEST_REDIS = 8;
const NEWEST_VALKEY = 8.1;

/** Which release an INFO text tells of; fails for one whose behaviour the emulator does not have. */
export function releaseOf(info: string, where: string): Release {
  const redisVersion = infoField(info, 'redis_version');
  const valkey = infoField(info, 'valkey_version');
  if (redisVersion === '') {
    throw new PersonaFault(
      `${where} answers INFO without a redis_version: it is no Redis, or hides that it is one.`,
      'Record from a redis-server or valkey-server that lets you run INFO.',
    );
  }
  const mode = infoField(info, 'redis_mode') || infoField(info, 'server_mode');
  if (mode !== 'standalone' || infoField(info, 'role') !== 'master') {
    throw new PersonaFault(
      `${where} is a ${mode === 'standalone' ? 'replica' : `server in ${mode.slice(0, 20)} mode`}.`,
      'Record from a standalone server that is its own master.',
    );
  }
  const series = seriesOf(redisVersion);
  const level = LEVELS.findLast((one) => one <= series);
  const version = valkey === '' ? redisVersion : valkey;
  const newer = valkey === '' ? series > NEWEST_REDIS : seriesOf(valkey) > NEWEST_VALKEY;
  if (level === undefined || newer) {
    throw new PersonaFault(
      `${where} is version ${version.slice(0, 20)}, ${newer ? 'newer' : 'older'} than what the emulator behaves as.`,
      `Record from Redis ${LEVELS[0]}.0 to ${NEWEST_REDIS}.0 or Valkey up to ${NEWEST_VALKEY}.`,
    );
  }
  return { engine: valkey === '' ? 'redis' : 'valkey', version, redisVersion, level };
}

/** 7.2 of 7.2.4. */
function seriesOf(version: string): number {
  const [major = '', minor = ''] = version.split('.');
  return Number(`${major}.${minor}`);
}
