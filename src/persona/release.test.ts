import { describe, expect, test } from 'vitest';
import { PersonaFault } from '../emulator/persona-fault.ts';
import { releaseOf } from './release.ts';

const info = (...lines: string[]): string =>
  ['# Server', ...lines, '', '# Replication', 'role:master', ''].join('\r\n');

const faultOf = (text: string): string => {
  try {
    releaseOf(text, 'there');
  } catch (error) {
    if (error instanceof PersonaFault) return `${error.message} ${error.remedy}`;
  }
  return '';
};

describe('the release of a server', () => {
  test.for([
    ['6.0.16', 6],
    ['6.2.14', 6.2],
    ['7.0.15', 7],
    ['7.4.1', 7.4],
    ['8.0.2', 8],
  ] as const)('of redis_version %s is level %s', ([version, level]) => {
    const release = releaseOf(info(`redis_version:${version}`, 'redis_mode:standalone'), 'there');

    expect(release).toEqual({ engine: 'redis', version, redisVersion: version, level });
  });

  test('of a Valkey is its own version, and the level of the Redis it says it is', () => {
    const text = info('redis_version:7.2.4', 'valkey_version:8.1.1', 'server_mode:standalone');

    const release = releaseOf(text, 'there');

    expect(release).toEqual({ engine: 'valkey', version: '8.1.1', redisVersion: '7.2.4', level: 7.2 });
  });

  test.for([
    [info('redis_version:5.0.14', 'redis_mode:standalone'), 'older'],
    [info('redis_version:8.2.0', 'redis_mode:standalone'), 'newer'],
    [info('redis_version:7.2.4', 'valkey_version:9.0.0', 'server_mode:standalone'), 'newer'],
    [info('redis_version:7.0.15', 'redis_mode:cluster'), 'cluster mode'],
    [info('redis_version:7.0.15', 'redis_mode:standalone').replace('master', 'slave'), 'replica'],
    [info('something:else'), 'no Redis'],
  ] as const)('is refused: %#', ([text, why]) => {
    expect(faultOf(text)).toContain(why);
  });
});
