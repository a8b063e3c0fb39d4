import { describe, expect, test } from 'vitest';
import { ALLOWED_COMMANDS, isAllowed, READABLE_SETTINGS } from './allowed.ts';

const words = (line: string): string[] => line.split(' ');

describe('what an audit may send', () => {
  test.for([
    'PING',
    'info',
    'INFO all',
    'CONFIG GET dir',
    'CONFIG GET dir dbfilename port',
    'SLOWLOG GET 128',
    'ACL LOG 128',
    'CLIENT LIST',
    'CLUSTER NODES',
    'COMMAND LIST FILTERBY MODULE search',
    'ACL DRYRUN default config get dir',
    'config get protected-mode',
    'CLIENT SETNAME sundew-audit',
    'CLIENT NO-TOUCH ON',
    'ACL WHOAMI',
    'ACL DRYRUN default config set maxmemory 0',
    'COMMAND INFO eval config',
    'SELECT 3',
    'SCAN 0 COUNT 250',
    'EXISTS a b c',
    'GETRANGE k 0 4095',
    'GETRANGE k -1024 -1',
    'LRANGE k 0 9',
    'HSCAN k 0 COUNT 20',
    'XRANGE k - + COUNT 5',
    'MEMORY USAGE k',
  ])('holds %s', (line) => {
    expect(isAllowed(words(line), {})).toBe(true);
  });

  test.for([
    '',
    'GET k',
    'KEYS *',
    'MONITOR',
    'EVAL return 0',
    'DEBUG DIGEST',
    'COMMAND',
    'INFO everything',
    'CONFIG GET *',
    'CONFIG GET requirepass',
    'CONFIG GET masterauth',
    'CONFIG GET tls-key-file-pass',
    'CONFIG GET dir dbfilename requirepass',
    'CONFIG GET d*',
    'CONFIG GET',
    'SLOWLOG GET',
    'SLOWLOG GET 129',
    'SLOWLOG GET -1',
    'SLOWLOG RESET',
    'ACL LOG',
    'ACL LOG 129',
    'CLIENT LIST TYPE normal',
    'CLUSTER RESET',
    'CLUSTER NODES x',
    'COMMAND LIST',
    'COMMAND LIST FILTERBY PATTERN *',
    'SENTINEL MASTER mymaster',
    'SENTINEL FAILOVER mymaster',
    'HEXPIRE',
    'GETDEL',
    'CONFIG SET dir /tmp',
    'CONFIG RESETSTAT',
    'CONFIG REWRITE',
    'config|get dir',
    'CLIENT KILL ID 1',
    'CLIENT SETNAME other',
    'ACL LOG RESET',
    'ACL SETUSER a',
    'ACL DRYRUN default shutdown',
    'FUNCTION LIST WITHCODE',
    'FUNCTION FLUSH',
    'SCAN 0',
    'SCAN 0 COUNT 251',
    'SCAN 0 MATCH *a* COUNT 10',
    'SELECT -1',
    'EXISTS',
    'GETRANGE k 0 -1',
    'GETRANGE k 0 65536',
    'GETRANGE k 10 5',
    'LRANGE k 0 -1',
    'LRANGE k 0 250',
    'HSCAN k 0 MATCH * COUNT 10',
    'XRANGE k - +',
    'MEMORY DOCTOR',
    'MEMORY USAGE k SAMPLES 0',
    'MODULE LOAD /tmp/x.so',
    'AUTH guess',
    'AUTH user guess',
  ])('does not hold %j', (line) => {
    expect(isAllowed(words(line), {})).toBe(false);
  });

  test('logs in with what the operator gave and nothing else', () => {
    const given = { user: 'ann', password: 'right' };

    expect(isAllowed(['AUTH', 'ann', 'right'], given)).toBe(true);
    expect(isAllowed(['AUTH', 'ann', 'wrong'], given)).toBe(false);
    expect(isAllowed(['AUTH', 'right'], given)).toBe(false);
    expect(isAllowed(['AUTH', 'right'], { password: 'right' })).toBe(true);
  });

  test('logs in with the bytes of a password beyond ASCII', () => {
    expect(isAllowed(['AUTH', '\u00C3\u00A9'], { password: '\u00E9' })).toBe(true);
  });

  test('asks a Sentinel for the group that was named, and only asks', () => {
    const given = { sentinel: 'mymaster' };

    expect(isAllowed(words('SENTINEL REPLICAS mymaster'), given)).toBe(true);
    expect(isAllowed(words('SENTINEL MASTER other'), given)).toBe(false);
    expect(isAllowed(words('SENTINEL FAILOVER mymaster'), given)).toBe(false);
    expect(isAllowed(words('SENTINEL SET mymaster quorum 1'), given)).toBe(false);
  });

  test('reads the code of functions where the operator opted in', () => {
    expect(isAllowed(words('FUNCTION LIST WITHCODE'), { optIns: { functionCode: true } })).toBe(true);
  });

  test('refuses letters that would leave as others', () => {
    expect(isAllowed(['EXISTS', '\u014D'], {})).toBe(false);
    expect(isAllowed(['\u0150ING'], {})).toBe(false);
    expect(isAllowed(['EXISTS', '\u00FF'], {})).toBe(true);
  });

  test('reads no setting that holds a secret, by name or by pattern', () => {
    expect(READABLE_SETTINGS.filter((name) => /pass|auth$|secret|[*?[\]]/.test(name))).toEqual([]);
  });

  test('is short enough to be read', () => {
    expect(ALLOWED_COMMANDS.length).toBeLessThan(45);
  });
});
